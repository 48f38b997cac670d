import { execFileSync, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join as joinPath } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findOpenssl, findTurnServer } from '../../scripts/test-parts.mjs'
import type { IceServer } from '../../shared/video.ts'
import { freePort } from '../support/free-port.ts'
import { guard } from '../support/guard.ts'
import { startLightServer } from '../support/light-server.ts'
import type { TestServer } from '../support/server.ts'
import { allocate, type Allocation } from '../../cli/turn/allocate.ts'
import type { TurnPlace } from '../../cli/turn/link.ts'
import { until } from '../support/until.ts'
import { join, type Joined, openRoom } from '../support/video.ts'

const program = findTurnServer()
const openssl = findOpenssl()
const SECRET = 'a secret of this test'

/** The configuration that the manual tells people to paste. */
function pasted(): string {
  const manual = readFileSync(new URL('../../docs/video.md', import.meta.url), 'utf8')
  return /```conf\n([\s\S]+?)```/.exec(manual)![1]!
}

interface Coturn {
  port: number
  tlsPort: number
  /** What it has printed. */
  log(): string
  stop(): Promise<void>
}

/** Starts coturn with what is pasted, but for the secret, the certificate's place and the ports. */
async function startCoturn(): Promise<Coturn> {
  const dir = mkdtempSync(joinPath(tmpdir(), 'yayin-turn-'))
  chmodSync(dir, 0o755)
  const [certificate, key] = [joinPath(dir, 'cert.pem'), joinPath(dir, 'key.pem')]
  const subject = ['-subj', '/CN=turn.example.org', '-days', '2']
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', certificate, ...subject]
  execFileSync(openssl!, made, { stdio: 'ignore' })
  const [port, tlsPort] = [await freePort(), await freePort()]
  const path = joinPath(dir, 'turnserver.conf')
  const changes: [RegExp, string][] = [
    [/^listening-port=.*$/m, `listening-port=${port}`],
    [/^tls-listening-port=.*$/m, `tls-listening-port=${tlsPort}`],
    [/^static-auth-secret=.*$/m, `static-auth-secret=${SECRET}`],
    [/^cert=.*$/m, `cert=${certificate}`],
    [/^pkey=.*$/m, `pkey=${key}`],
    // What it says is looked at here.
    [/^syslog$/m, 'log-file=stdout'],
  ]
  let text = pasted()
  for (const [pattern, line] of changes) {
    if (!pattern.test(text)) throw new Error(`the manual's configuration has no ${pattern.source}`)
    text = text.replace(pattern, line)
  }
  writeFileSync(path, text)
  const child = spawn(program!, ['-c', path, '--pidfile=', '--listening-ip=127.0.0.1'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: dir,
  })
  const release = guard(child.pid!, dir)
  const exited = once(child, 'exit')
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (printed: string) => (log += printed))
  }
  const place = { transport: 'tls', host: '127.0.0.1', port: tlsPort } as const
  const nobody = { username: 'nobody', credential: '' }
  await until(async () => (await allocate(place, nobody)).kind === 'refused', {
    deadlineMs: 15_000,
    everyMs: 50,
    get what() {
      return `coturn answers: ${log}`
    },
  })
  return {
    log: () => log,
    port,
    tlsPort,
    async stop() {
      child.kill('SIGKILL')
      await exited
      release()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

describe.skipIf(program === null || openssl === null)('coturn with the configuration of the manual', () => {
  let coturn: Coturn
  let server: TestServer
  let urls: string[]
  let roomId: string
  let ada: Joined
  let turn: IceServer

  beforeAll(async () => {
    coturn = await startCoturn()
    const { port, tlsPort } = coturn
    urls = [`turn:localhost:${port}`, `turn:localhost:${port}?transport=tcp`, `turns:localhost:${tlsPort}`]
    server = await startLightServer({ env: { BROKER: 'local', TURN_URLS: urls.join(), TURN_SECRET: SECRET } })
    roomId = (await openRoom(server)).room.id
    ada = await join(server, roomId)
    turn = ada.iceServers[0]!
  })
  afterAll(async () => {
    await server?.stop()
    await coturn?.stop()
  })

  const placeOf = (transport: TurnPlace['transport']): TurnPlace => ({
    transport,
    host: '127.0.0.1',
    port: transport === 'tls' ? coturn.tlsPort : coturn.port,
  })

  it('is understood whole', () => {
    expect(coturn.log()).not.toMatch(/Bad configuration|cannot find (certificate|private key)/i)
  })

  it('is told to browsers with credentials that end, and new ones when they ask', async () => {
    expect(ada.iceServers.map((given) => given.urls)).toEqual([urls])
    expect(turn.username).toMatch(new RegExp(`^\\d+:${ada.id}$`))
    const { body } = await ada.api.get<{ iceServers: IceServer[]; iceExpiresAt: string }>(
      `/api/video/rooms/${roomId}/ice-servers`,
    )
    expect(body.iceServers[0]).toMatchObject({ urls, username: expect.stringContaining(ada.id) })
    expect(Date.parse(body.iceExpiresAt)).toBeGreaterThan(Date.now() + 3_600_000)
    expect(server.logs()).not.toContain(turn.credential)
  })

  it.each(['udp', 'tcp', 'tls'] as const)('relays for whoever joined a room, over %s', async (transport) => {
    const { username, credential } = turn
    const answer = await allocate(placeOf(transport), { username: username!, credential: credential! })
    expect(answer).toEqual({ kind: 'relayed', address: '127.0.0.1', port: expect.any(Number) })
    const { port: relayPort } = answer as Extract<Allocation, { kind: 'relayed' }>
    expect(relayPort).toBeGreaterThanOrEqual(49_160)
    expect(relayPort).toBeLessThanOrEqual(49_959)
  })

  it('refuses credentials of another secret, of another user and of yesterday', async () => {
    const signed = (username: string, secret: string) => {
      const credential = createHmac('sha1', secret).update(username).digest('base64')
      return allocate(placeOf('udp'), { username, credential })
    }
    const [later, yesterday] = [3600, -86_400].map((seconds) => Math.floor(Date.now() / 1000) + seconds)
    expect(await signed(`${later}:p1`, SECRET)).toMatchObject({ kind: 'relayed' })
    expect(await signed(`${later}:p1`, 'another secret')).toMatchObject({ kind: 'refused', code: 401 })
    expect(await signed(`${yesterday}:p1`, SECRET)).toMatchObject({ kind: 'refused', code: 401 })
    const borrowed = { username: `${later}:p2`, credential: turn.credential! }
    expect(await allocate(placeOf('udp'), borrowed)).toMatchObject({ kind: 'refused', code: 401 })
  })
})
