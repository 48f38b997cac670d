import { request, type IncomingMessage } from 'node:http'
import { WebSocket } from 'ws'
import { headersOf, type Asker } from './hub-api.ts'

/** One open connection of a visitor. */
export interface Link {
  /** Settles when it is over, from whichever side; a refusal ends it at once. */
  readonly closed: Promise<void>
  /** Sends a frame; only a WebSocket can. */
  send(frame: Record<string, unknown>): void
  /** Stops reading, as a stalled phone does. */
  stall(): void
  close(): void
}

/** Where a connection goes, and as whom. */
export interface LinkTarget {
  url: string
  channels: readonly string[]
  presence: boolean
  asker: Asker
}

/** Opens an event stream. */
export function openSse({ url, channels, presence, asker }: LinkTarget): Link {
  const call = request(addressOf(url, '/api/events', channels, presence), {
    agent: false,
    headers: { accept: 'text/event-stream', ...headersOf(asker) },
  })
  let answer: IncomingMessage | undefined
  const closed = new Promise<void>((resolve) => {
    call.on('error', () => resolve())
    call.on('close', () => resolve())
    call.on('response', (response) => {
      answer = response
      response.on('error', () => resolve()).on('close', () => resolve())
      response.resume()
    })
  })
  call.end()
  return { closed, send: () => {}, stall: () => answer?.pause(), close: () => call.destroy() }
}

/** Opens a WebSocket. */
export function openWs({ url, channels, presence, asker }: LinkTarget): Link {
  const socket = new WebSocket(addressOf(url.replace(/^http/, 'ws'), '/ws', channels, presence), {
    headers: headersOf(asker),
  })
  const closed = new Promise<void>((resolve) => {
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
  })
  return {
    closed,
    send(frame) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame))
    },
    stall: () => socket.pause(),
    close: () => socket.terminate(),
  }
}

function addressOf(url: string, path: string, channels: readonly string[], presence: boolean): URL {
  const address = new URL(path, url)
  for (const channel of channels) address.searchParams.append('channel', channel)
  if (presence) address.searchParams.set('presence', '1')
  return address
}
