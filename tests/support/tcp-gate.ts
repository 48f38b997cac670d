import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a TCP server that can be shut without either side noticing, as when a machine hangs. */
export interface TcpGate {
  readonly port: number
  /** Lets nothing through any more, without closing anything; new connections are taken and left waiting. */
  shut(): void
  /** Lets everything through again, what has waited first. */
  open(): void
  close(): Promise<void>
}

/** Opens a gate on a free port that leads to `targetPort` on this machine. */
export async function openGate(targetPort: number): Promise<TcpGate> {
  const sockets = new Set<Socket>()
  let isShut = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
    if (isShut) socket.pause()
  }
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on('data', (bytes) => to.write(bytes)).on('close', () => to.destroy())
      keep(from)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    shut() {
      isShut = true
      for (const socket of sockets) socket.pause()
    },
    open() {
      isShut = false
      for (const socket of sockets) socket.resume()
    },
    async close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}
