import { createSocket } from 'node:dgram'
import { lookup } from 'node:dns/promises'
import { connect, isIP, isIPv6, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { answers, lengthOf } from './message.ts'

/** Where a TURN server listens. */
export interface TurnPlace {
  transport: 'udp' | 'tcp' | 'tls'
  host: string
  port: number
}

/** A connection to a TURN server. */
export interface Link {
  /** Sends a request; resolves with its answer, rejects when it breaks or takes too long. */
  ask(request: Buffer): Promise<Buffer>
  close(): void
}

/** Over UDP a request may be lost, and is sent again after each of these, in milliseconds (RFC 8489 §6.2.1). */
const RESEND_MS = [500, 1000, 2000]

/** Opens a connection; `timeoutMs` is for that, and for each answer. */
export function openLink({ transport, host, port }: TurnPlace, timeoutMs: number): Promise<Link> {
  if (transport === 'udp') return overUdp(host, port, timeoutMs)
  const socket =
    transport === 'tcp' ? connect(port, host) : connectTls({ port, host, rejectUnauthorized: false, ...nameFor(host) })
  return overStream(socket, transport === 'tcp' ? 'connect' : 'secureConnect', timeoutMs)
}

/** The name that a certificate is asked for; an address is none (RFC 6066 §3). */
export function nameFor(host: string): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {}
}

async function overUdp(host: string, port: number, timeoutMs: number): Promise<Link> {
  const { address } = await lookup(host)
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4')
  return {
    ask: (request) =>
      withDeadline(timeoutMs, (resolve, reject) => {
        const onMessage = (answer: Buffer) => {
          if (answers(answer, request)) resolve(answer)
        }
        const send = () => socket.send(request, port, address)
        socket.on('message', onMessage).once('error', reject)
        send()
        const again = RESEND_MS.map((ms) => setTimeout(send, ms))
        return () => {
          for (const timer of again) clearTimeout(timer)
          socket.off('message', onMessage).off('error', reject)
        }
      }),
    close: () => socket.close(),
  }
}

/** A message tells its length in its head (RFC 8489 §6.2.2). */
async function overStream(socket: Socket, event: 'connect' | 'secureConnect', timeoutMs: number): Promise<Link> {
  // Without a listener, what breaks between two questions would end the process.
  socket.on('error', () => undefined)
  await withDeadline<void>(timeoutMs, (resolve, reject) => {
    socket.once(event, () => resolve()).once('error', reject)
    return () => socket.off('error', reject)
  }).catch((error: unknown) => {
    socket.destroy()
    throw error
  })
  return {
    ask: (request) =>
      withDeadline(timeoutMs, (resolve, reject) => {
        let received = Buffer.alloc(0)
        const onData = (chunk: Buffer) => {
          received = Buffer.concat([received, chunk])
          const length = lengthOf(received)
          if (length !== null && received.length >= length) resolve(received.subarray(0, length))
        }
        const onEnd = () => reject(new Error('the server hung up'))
        socket.on('data', onData).once('error', reject).once('end', onEnd)
        socket.write(request)
        return () => socket.off('data', onData).off('error', reject).off('end', onEnd)
      }),
    close: () => socket.destroy(),
  }
}

/** Rejects with a TimeoutError after the time; calls what `work` returns when it is over, however that came. */
function withDeadline<T>(
  timeoutMs: number,
  work: (resolve: (value: T) => void, reject: (error: Error) => void) => () => unknown,
): Promise<T> {
  let stop: () => unknown = () => undefined
  let timer: NodeJS.Timeout | undefined
  const done = new Promise<T>((resolve, reject) => {
    timer = setTimeout(() => reject(new DOMException('no answer', 'TimeoutError')), timeoutMs)
    stop = work(resolve, reject)
  })
  return done.finally(() => {
    clearTimeout(timer)
    stop()
  })
}
