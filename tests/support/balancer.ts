import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A small TCP balancer: connections go to one server after the other. Close it when done. */
export interface Balancer {
  readonly url: string
  close(): Promise<void>
}

interface Options {
  /** Whether it asks `/readyz` and passes over who is not ready; without it, it only notices who takes no connection. */
  asksReadiness?: boolean
}

const ASK_EVERY_MS = 200

/** Opens a balancer on a free port before servers on this machine. */
export async function openBalancer(ports: readonly number[], { asksReadiness = false }: Options = {}) {
  const sockets = new Set<Socket>()
  const unready = new Set<number>()
  let turn = 0

  async function ask(port: number): Promise<void> {
    const signal = AbortSignal.timeout(1000)
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`, { signal }).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) unready.delete(port)
    else unready.add(port)
  }
  const asking = asksReadiness ? setInterval(() => ports.forEach((port) => void ask(port)), ASK_EVERY_MS) : undefined

  function keep(socket: Socket): void {
    sockets.add(socket)
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket))
  }

  function pass(near: Socket, targets: readonly number[]): void {
    const [port, ...others] = targets
    if (port === undefined) return void near.resetAndDestroy()
    const far = connect(port, '127.0.0.1')
    const next = () => pass(near, others)
    far.once('error', next)
    far.once('connect', () => {
      far.off('error', next)
      keep(far)
      near.on('data', (bytes) => far.write(bytes)).on('end', () => far.end())
      far.on('data', (bytes) => near.write(bytes)).on('end', () => near.end())
      near.on('close', () => far.destroy())
      far.on('close', () => near.destroy())
      near.resume()
    })
  }

  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (near) => {
    keep(near)
    const at = turn++ % ports.length
    const order = [...ports.slice(at), ...ports.slice(0, at)]
    const ready = order.filter((port) => !unready.has(port))
    pass(near, ready.length > 0 ? ready : order)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const balancer: Balancer = {
    url: `http://localhost:${port}`,
    async close() {
      clearInterval(asking)
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
  return balancer
}
