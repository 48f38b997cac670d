import { once } from 'node:events'
import { type IncomingMessage, ServerResponse } from 'node:http'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TcpHandle, TcpLink } from '../gateways/sse/link.ts'
import type { Sink } from '../hub/wire.ts'
import { isBetween, remotePortOf } from './ends.ts'
import type { End } from './proc-net.ts'

let server: Server
let client: Socket
let socket: Socket & { _handle?: TcpHandle }
let near: End
let far: End

beforeAll(async () => {
  server = createServer().listen(0, '::')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  client = connect(port, '127.0.0.1')
  ;[socket] = (await once(server, 'connection')) as [typeof socket]
  near = { address: '127.0.0.1', port }
  far = { address: '127.0.0.1', port: client.localPort! }
})
afterAll(() => {
  client.destroy()
  socket.destroy()
  server.close()
})

const asLink = () => {
  const { _handle: handle } = socket
  return new TcpLink(handle!, { bytes: () => undefined, close: () => undefined })
}
const asResponse = () => {
  const response = new ServerResponse({ method: 'GET' } as IncomingMessage)
  response.assignSocket(socket)
  return response
}

it.each<[string, () => Sink]>([
  ['socket', () => socket],
  ['response', asResponse],
  ['link', asLink],
  ['sink over another', () => ({ write: () => true, writableLength: 0, beneath: socket })],
])('knows a %s by both of its ends, and by no others', (_what, make) => {
  const sink = make()
  if (sink instanceof TcpLink) expect(sink.remoteAddress).toBe('::ffff:127.0.0.1')
  expect(remotePortOf(sink)).toBe(far.port)
  expect(isBetween(sink, near, far)).toBe(true)
  expect(isBetween(sink, far, near)).toBe(false)
  expect(isBetween(sink, { ...near, port: near.port ^ 1 }, far)).toBe(false)
  expect(isBetween(sink, near, { ...far, address: '127.0.0.2' })).toBe(false)
  expect(isBetween(sink, { ...near, address: '127.0.0.2' }, far)).toBe(false)
})

it('knows of no port where there is no socket', () => {
  expect(remotePortOf({ write: () => true, writableLength: 0 })).toBeUndefined()
  expect(remotePortOf(new ServerResponse({ method: 'GET' } as IncomingMessage))).toBeUndefined()
})
