import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isBetween, remotePortOf } from '../../server/dead-peers/ends.ts'
import { readEnds } from '../../server/dead-peers/proc-net.ts'
import { createSocketReader } from '../../server/dead-peers/reader.ts'
import { canCarry, type TcpHandle, TcpLink } from '../../server/gateways/sse/link.ts'
import { createNamespace, hasNamespaces, type Namespace } from '../support/network-namespace.ts'
import { until } from '../support/until.ts'

/** Connects to an address and stays, reading. */
const CLIENT = "require('net').connect(Number(process.argv[2]), process.argv[1]).resume()"

describe.skipIf(!hasNamespaces)('a socket whose other side vanished', () => {
  let network: Namespace
  let server: Server
  let client: ChildProcess
  let connected: Promise<unknown[]>
  const reader = createSocketReader()

  beforeAll(async () => {
    network = await createNamespace()
    server = createServer().listen(0, '::')
    await once(server, 'listening')
    connected = once(server, 'connection')
    const { port } = server.address() as { port: number }
    client = spawn(await network.wrap(process.execPath), ['-e', CLIENT, network.address, String(port)])
  })
  afterAll(async () => {
    client.kill('SIGKILL')
    reader.close()
    server.close()
    await network.close()
  })

  it('is found by its ends, as a link and as a socket, once it was sent what nobody answers', async () => {
    const [socket] = (await connected) as [Socket & { _handle?: TcpHandle }]
    const { _handle: handle } = socket
    if (!canCarry(handle)) throw new Error('the handles of this Node carry no links')
    const find = async () =>
      (await reader.read())?.find(({ ends }) => {
        const { local, remote } = readEnds(ends)
        return isBetween(socket, local, remote)
      })
    socket.write('answered')
    await until(async () => (await reader.read()) !== null && (await find()) === undefined)
    network.lose()
    socket.write('unanswered')
    const found = await until(find, { deadlineMs: 15_000, everyMs: 20 })
    expect(found).toMatchObject({ unacknowledged: 'unanswered'.length })
    const later = await until(
      async () => {
        const again = await find()
        return again !== undefined && again.tries > found.tries ? again : undefined
      },
      { deadlineMs: 15_000, everyMs: 20 },
    )
    expect(later).toMatchObject({ ends: found.ends, unacknowledged: found.unacknowledged })

    const { local, remote } = readEnds(found.ends)
    const link = new TcpLink(handle, { bytes: () => undefined, close: () => undefined })
    expect(link.remoteAddress).toContain(remote.address)
    expect(remotePortOf(link)).toBe(remote.port)
    expect(isBetween(link, local, remote)).toBe(true)
    expect(isBetween(link, remote, local)).toBe(false)
    socket.destroy()
  })
})
