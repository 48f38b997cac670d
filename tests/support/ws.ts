import { onTestFinished } from 'vitest'
import { type ClientOptions, WebSocket } from 'ws'
import { until } from './until.ts'

export type WsFrame = Record<string, unknown> & { type?: string; id?: string }

/** A WebSocket client that keeps everything it is told. It is cut when the test is over. */
export interface WsClient {
  readonly ws: WebSocket
  readonly frames: readonly WsFrame[]
  /** Code and reason of the close, once it has come. */
  readonly closed: Promise<{ code: number; reason: string }>
  readonly connectionId: string
  send(frame: object | string): void
  /** Resolves with the first frame, past or to come, that has all of `fields`. */
  waitFor(fields: WsFrame, deadlineMs?: number): Promise<WsFrame>
  /** Sends a frame under a fresh `ackId`; resolves with its answer or error. */
  ask(frame: object): Promise<WsFrame>
}

let asked = 0

/** Opens a WebSocket to the server; resolves once it is open. Rejects with the status of a refused upgrade. */
export async function openSocket(
  server: { port: number },
  path = '/ws',
  options: ClientOptions = {},
): Promise<WsClient> {
  const ws = new WebSocket(`ws://localhost:${server.port}${path}`, options)
  onTestFinished(() => ws.terminate())
  const frames: WsFrame[] = []
  ws.on('message', (data: Buffer) => void frames.push(JSON.parse(data.toString()) as WsFrame))
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    ws.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  await new Promise<void>((resolve, reject) => {
    ws.once('open', resolve).once('error', reject)
  })
  ws.on('error', () => undefined)

  const send = (frame: object | string) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame))
  const waitFor = (fields: WsFrame, deadlineMs = 5000) => {
    const what = `${JSON.stringify(fields)} among ${JSON.stringify(frames.slice(-5))}`
    return until(() => frames.find((frame) => fits(frame, fields)), { deadlineMs, what })
  }
  return {
    ws,
    frames,
    closed,
    get connectionId() {
      return String(frames[0]?.['connectionId'])
    },
    send,
    waitFor,
    async ask(frame) {
      const ackId = `ask-${++asked}`
      send({ ...frame, ackId })
      return waitFor({ ackId })
    },
  }
}

/** Opens a WebSocket and waits until it is greeted. */
export async function joinSocket(server: { port: number }, path?: string, options?: ClientOptions): Promise<WsClient> {
  const client = await openSocket(server, path, options)
  await client.waitFor({ type: 'connected' })
  return client
}

/** The ids of the messages that a client got, in order of arrival. */
export function messageIds({ frames }: Pick<WsClient, 'frames'>): string[] {
  return frames.flatMap(({ id, timestamp, type }) => (id !== undefined && timestamp && type !== 'ack' ? [id] : []))
}

function fits(frame: WsFrame, fields: WsFrame): boolean {
  return Object.entries(fields).every(([name, value]) => frame[name] === value)
}
