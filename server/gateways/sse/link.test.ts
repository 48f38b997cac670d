import { connect, createServer, type Server, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { until } from '../../../tests/support/until.ts'
import { canCarry, type TcpHandle, TcpLink } from './link.ts'

/** What a server of Node's listens by. */
interface Way {
  onconnection(error: number | undefined, handle: TcpHandle): void
}

let server: Server
let client: Socket
let handle: TcpHandle
let link: TcpLink
let heard: string[]
let got: Buffer[]

beforeEach(async () => {
  // Of each test its own: what the one before left behind closes in this one.
  const [told, bytesGot]: [string[], Buffer[]] = [[], []]
  heard = told
  got = bytesGot
  server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  const { _handle: way } = server as Server & { _handle: Way }
  const came = new Promise<TcpHandle>((resolve) => (way.onconnection = (_error, one) => resolve(one)))
  client = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => undefined)
  client.on('data', (bytes) => bytesGot.push(bytes))
  client.on('end', () => told.push('client: end'))
  handle = await came
  link = new TcpLink(handle, {
    bytes: (_link, bytes) => told.push(bytes.toString()),
    close: () => told.push('close'),
  })
  link.onGone = () => told.push('gone')
})
afterEach(async () => {
  vi.useRealTimers()
  client.destroy()
  link.destroy()
  await new Promise((resolve) => server.close(resolve))
})

const received = () => Buffer.concat(got)

/** More than the system takes for a client that does not read. */
function stall(): Buffer {
  client.pause()
  const bytes = Buffer.alloc(16 * 1024 * 1024, 'first')
  expect(link.write(bytes)).toBe(false)
  return bytes
}

describe('canCarry', () => {
  it('says yes to the handles of this Node, and no to anything else', () => {
    expect(canCarry(handle)).toBe(true)
    expect(canCarry(null)).toBe(false)
    expect(canCarry({ ...handle, readStart: () => 0 })).toBe(false)
  })
})

describe('TcpLink', () => {
  it('tells what comes, and who sent it', async () => {
    client.write('grüß dich')
    await until(() => heard.length > 0)
    expect(heard).toEqual(['grüß dich'])
    expect(link.remoteAddress).toBe('127.0.0.1')
  })

  it('leaves what comes with the system while it pauses', async () => {
    link.pause()
    client.write('later')
    await delay(50)
    expect(heard).toEqual([])
    link.resume()
    await until(() => heard.length > 0)
    expect(heard).toEqual(['later'])
  })

  it('writes at once, without counting what the system has taken', async () => {
    expect(link.write(Buffer.from('one'))).toBe(true)
    expect(link.write(Buffer.from('two'))).toBe(true)
    expect(link.writableLength).toBe(0)
    await until(() => received().length === 6)
    expect(received().toString()).toBe('onetwo')
  })

  it('writes what it held in one go, and in order, when it is let go', async () => {
    link.hold()
    link.write(Buffer.from('head, '))
    link.write(Buffer.from('body'))
    expect(link.writableLength).toBe(10)
    await delay(50)
    expect(got).toEqual([])
    link.letGo()
    expect(link.writableLength).toBe(0)
    link.write(Buffer.from('.'))
    await until(() => received().length === 11)
    expect(received().toString()).toBe('head, body.')
    expect(got[0]!.toString()).toMatch(/^head, body/)
  })

  it('counts what waits, and brings it in order, when the client does not read for a while', async () => {
    const first = stall()
    const rest = Array.from({ length: 3000 }, (_, i) => Buffer.from(`<${i}>`))
    for (const bytes of rest) link.write(bytes)
    const all = Buffer.concat([first, ...rest])
    expect(link.writableLength).toBe(all.length)
    client.resume()
    await until(() => received().length === all.length)
    expect(received().equals(all)).toBe(true)
    await until(() => link.writableLength === 0)
    expect(link.write(Buffer.from('again'))).toBe(true)
  })

  it('brings out what waits before it ends, and nothing that comes after', async () => {
    const bytes = stall()
    link.write(Buffer.from('last'))
    link.end()
    expect(link.write(Buffer.from('too late'))).toBe(false)
    client.resume()
    await until(() => heard.includes('client: end'))
    expect(received().equals(Buffer.concat([bytes, Buffer.from('last')]))).toBe(true)
    expect(link.isClosed).toBe(false)
    client.end()
    await until(() => heard.includes('gone'))
    expect(heard).toEqual(['client: end', 'close', 'gone'])
  })

  it('writes what it held when it ends', async () => {
    link.hold()
    link.write(Buffer.from('farewell'))
    link.end()
    await until(() => heard.includes('client: end'))
    expect(received().toString()).toBe('farewell')
  })

  it('ends once when it is let go again', async () => {
    link.hold()
    link.write(Buffer.from('farewell'))
    link.end()
    link.letGo()
    await until(() => heard.includes('client: end'))
    expect(link.isClosed).toBe(false)
    client.end()
    await until(() => heard.includes('gone'))
  })

  it('closes once what it held has gone out, and not seconds later, when the client has ended its side', async () => {
    // Nobody moves this clock.
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    const gone = new Promise<void>((resolve) => (link.onGone = resolve))
    const ended = new Promise((resolve) => client.once('end', resolve))
    link.hold()
    link.write(Buffer.from('greeting'))
    client.end()
    await Promise.all([gone, ended])
    expect(received().toString()).toBe('greeting')
  })

  it('closes after a few seconds when the client does not end its side', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    link.end()
    vi.advanceTimersByTime(2900)
    expect(link.isClosed).toBe(false)
    vi.advanceTimersByTime(200)
    expect(link.isClosed).toBe(true)
  })

  it('closes when the client ends, and says so once', async () => {
    client.end()
    await until(() => heard.includes('gone'))
    link.destroy()
    link.end()
    expect(link.write(Buffer.from('x'))).toBe(false)
    await delay(20)
    expect(heard.filter((what) => what !== 'client: end')).toEqual(['close', 'gone'])
  })

  it('still brings what waits to a client that has only ended its own side', async () => {
    const bytes = stall()
    client.end()
    await delay(50)
    client.resume()
    await until(() => heard.includes('client: end'))
    expect(received().equals(bytes)).toBe(true)
    await until(() => heard.includes('gone'))
  })

  it('closes when the connection is reset, also in the middle of a write', async () => {
    stall()
    link.write(Buffer.from('waits'))
    client.resetAndDestroy()
    await until(() => heard.includes('gone'))
    expect(link.isClosed).toBe(true)
  })

  it('gives away a handle that somebody else can read, from where it stopped', async () => {
    const { Socket } = await import('node:net')
    client.write('for the link')
    await until(() => heard.length > 0)
    const socket = new Socket({ handle: link.release(), readable: true, writable: true } as never)
    const told: string[] = []
    socket.on('data', (bytes) => told.push(bytes.toString()))
    client.write('for the socket')
    await until(() => told.length > 0)
    socket.end('bye')
    await until(() => received().toString() === 'bye')
    expect([heard[0], told[0]]).toEqual(['for the link', 'for the socket'])
    socket.destroy()
  })
})
