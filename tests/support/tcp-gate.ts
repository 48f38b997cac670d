import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a TCP server that can be shut without either side noticing, as when a machine hangs. */
export interface TcpGate {
  readonly port: number
  /** Lets nothing through any more, or no answers alone, without closing anything; the same for new connections. */
  shut(what: 'everything' | 'answers'): void
  /** Resets every connection, and each new one, until it is opened again. */
  cut(): void
  /** Lets everything through again, what has waited first. */
  open(): void
  close(): Promise<void>
}

/** Opens a gate on a free port that leads to `targetPort` on this machine. */
export async function openGate(targetPort: number): Promise<TcpGate> {
  const sockets = new Map<Socket, 'questions' | 'answers'>()
  let shut: 'nothing' | 'answers' | 'everything' = 'nothing'
  let isCut = false
  const isShut = (brings: 'questions' | 'answers') => shut === 'everything' || shut === brings
  const keep = (socket: Socket, brings: 'questions' | 'answers') => {
    sockets.set(socket, brings)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    if (isShut(brings)) socket.pause()
  }
  const server = createServer((near) => {
    if (isCut) {
      near.resetAndDestroy()
      return
    }
    const far = connect(targetPort, '127.0.0.1')
    near.on('data', (bytes) => far.write(bytes)).on('close', () => far.destroy())
    far.on('data', (bytes) => near.write(bytes)).on('close', () => near.destroy())
    keep(near, 'questions')
    keep(far, 'answers')
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    shut(what) {
      shut = what
      for (const [socket, brings] of sockets) if (isShut(brings)) socket.pause()
    },
    cut() {
      isCut = true
      for (const socket of sockets.keys()) socket.resetAndDestroy()
    },
    open() {
      isCut = false
      shut = 'nothing'
      for (const socket of sockets.keys()) socket.resume()
    },
    async close() {
      server.close()
      for (const socket of sockets.keys()) socket.destroy()
      await once(server, 'close')
    },
  }
}
