import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest'
import { type Finding, SECTIONS } from '../../cli/doctor/finding.ts'
import { freePort } from '../support/free-port.ts'
import { nginxPath, type NginxSites, startNginxSites } from '../support/nginx-sites.ts'
import { createDatabase } from '../support/postgres.ts'
import { callCli } from '../support/run-cli.ts'
import { startTurnServer, turnServerPath } from '../support/turn-server.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()

/** Runs the doctor; its findings, and what it ended with. */
async function examine(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number | null; found: Finding[] }> {
  const { code, out, err } = await callCli(['doctor', '--json', ...args], { DATA_DIR: use.server.dataDir, ...env })
  const found = out.split('\n').map((line) => (line === '' ? { check: err } : JSON.parse(line)) as Finding)
  return { code, found }
}

const failures = (found: readonly Finding[]) => found.filter(({ outcome }) => outcome === 'fail')
const said = (found: readonly Finding[], check: string) => found.find((finding) => finding.check === check)

const UPGRADE = 'proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";'

/** A proxy that lets the first packet of each answer through, and keeps the rest to itself. */
async function startMiser(upstream: string): Promise<string> {
  const miser = createServer((req, res) => {
    request(new URL(req.url ?? '/', upstream), { headers: req.headers, agent: false }, (answer) => {
      res.writeHead(answer.statusCode ?? 0, answer.headers)
      answer.once('data', (chunk: Buffer) => void res.write(chunk)).once('end', () => res.end())
      res.once('close', () => answer.destroy())
    }).end()
  })
  onTestFinished(() => miser.closeAllConnections())
  onTestFinished(() => void miser.close())
  miser.listen(0, '127.0.0.1')
  await once(miser, 'listening')
  return `http://127.0.0.1:${(miser.address() as AddressInfo).port}`
}

describe.skipIf(nginxPath === null)('a hub behind nginx', () => {
  let nginx: NginxSites<'good' | 'buffering' | 'cutting' | 'plain' | 'gzipping'>
  beforeAll(async () => {
    nginx = await startNginxSites(use.server.url, {
      good: UPGRADE,
      // Over HTTP/1.1 to the hub, nginx would pass each chunk on, whatever it buffers.
      buffering: 'proxy_buffering on; proxy_ignore_headers X-Accel-Buffering;',
      cutting: `${UPGRADE} proxy_read_timeout 5s;`,
      plain: '',
      gzipping: `${UPGRADE} gzip on; gzip_types text/event-stream; gzip_proxied any; gzip_min_length 1;`,
    })
  })
  afterAll(() => nginx.stop())

  it('is found healthy, without a key, when it is', async () => {
    const { code, found } = await examine([nginx.urls.good, '--idle', '1s'], { YAYIN_API_KEY: '' })
    expect(found.filter(({ outcome }) => !['ok', 'skip'].includes(outcome))).toEqual([])
    expect(code).toBe(0)
    expect(said(found, 'reach')!.says).toContain('by way of nginx')
    expect(found.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['reach', 'clock', 'compression', 'buffering', 'idle cut', 'WebSocket']),
    )
  })

  it('is found to be held back, cut, kept from upgrades and compressed when it is', async () => {
    const miser = await startMiser(use.server.url)
    const [buffering, cutting, plain, gzipping, withheld] = await Promise.all([
      examine([nginx.urls.buffering, '--idle', '0']),
      examine([nginx.urls.cutting, '--idle', '9s']),
      examine([nginx.urls.plain, '--idle', '0']),
      examine([nginx.urls.gzipping, '--idle', '0']),
      examine([miser, '--idle', '0']),
    ])
    expect(failures(buffering.found)).toMatchObject([{ check: 'buffering', see: 'buffering' }, { check: 'WebSocket' }])
    expect(buffering.found.flatMap(({ change = [] }) => change).join()).toMatch(/^nginx: proxy_buffering off;/)
    const cuts = failures(cutting.found)
    expect(cuts.map(({ check }) => check)).toEqual(['idle cut', 'idle cut'])
    expect(cuts[0]!.says).toMatch(/a stream was cut after [4-8]\.\d s/)
    expect(cuts[0]!.change).toEqual(['nginx: proxy_read_timeout 1h;', expect.stringContaining('heartbeat_interval')])
    expect(cuts[1]!.says).toMatch(/a WebSocket was cut after [4-8]\.\d s/)
    expect(failures(plain.found)).toMatchObject([{ check: 'WebSocket', see: 'websocket' }])
    expect(said(gzipping.found, 'compression')).toMatchObject({
      see: 'compression',
      says: expect.stringContaining('gzip'),
    })
    expect(failures(withheld.found)[0]).toMatchObject({
      check: 'buffering',
      change: expect.arrayContaining([expect.stringMatching(/^Caddy: /)]),
    })
    for (const { code } of [buffering, cutting, plain]) expect(code).toBe(1)
  })
})

describe('a hub’s address', () => {
  it('is found to keep other origins out, or to let them in', async () => {
    const { found } = await examine([use.server.url, '--idle', '0', '--origin', 'https://app.example.org'])
    expect(failures(found)).toMatchObject([{ check: 'origin', change: ['CORS_ORIGINS=https://app.example.org'] }])
    const wrong = await callCli(['doctor', use.server.url, '--origin', 'app.example.org'], {})
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('https://app.example.org') })
  })

  it('is found to be nobody’s, or somebody else’s', async () => {
    const port = await freePort()
    const nobody = await examine([`http://127.0.0.1:${port}`])
    expect(nobody).toMatchObject({
      code: 1,
      found: [{ check: 'reach', says: expect.stringContaining('nothing listens') }],
    })
    const stranger = createServer((_req, res) => res.writeHead(502, { server: 'nginx' }).end('Bad gateway'))
    onTestFinished(() => void stranger.close())
    await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve))
    const { found } = await examine([`http://127.0.0.1:${port}`])
    expect(found).toMatchObject([
      { says: expect.stringMatching(/is no hub: 502/), change: [expect.stringContaining('proxy does not reach')] },
    ])
  })
})

describe('beside a hub', () => {
  it.skipIf(turnServerPath === null)('finds a wrong TURN secret, and a right one', async () => {
    const coturn = await startTurnServer()
    onTestFinished(() => coturn.stop())
    const env = { PUBLIC_URL: use.server.url, TURN_URLS: `${coturn.url},${coturn.url}?transport=tcp` }
    const [wrong, right] = await Promise.all([
      examine(['--idle', '0'], { ...env, TURN_SECRET: 'another-secret' }),
      examine(['--idle', '0'], { ...env, TURN_SECRET: coturn.secret }),
    ])
    expect(failures(wrong.found)).toHaveLength(2)
    expect(failures(wrong.found)[0]).toMatchObject({ check: 'TURN', says: expect.stringMatching(/401.*TURN_SECRET/) })
    expect(wrong.code).toBe(1)
    expect(right.found.filter(({ check }) => check === 'TURN').map(({ outcome }) => outcome)).toEqual(['ok', 'ok'])
    expect(said(right.found, 'reach')).toMatchObject({ outcome: 'ok' })
  })

  it('finds what the machine lacks, and what it has', async () => {
    const port = await freePort()
    const postgresUrl = inject('postgresUrl')
    const empty = postgresUrl ? await createDatabase(postgresUrl) : null
    const away = { PUBLIC_URL: use.server.url, DATABASE_URL: `postgres://127.0.0.1:${port}/x` }
    const { code, found } = await examine(['--idle', '0'], { ...away, MQTT_URL: `mqtt://127.0.0.1:${port}` })
    expect(code).toBe(1)
    expect(failures(found).map(({ check }) => check)).toEqual(['database', 'broker', 'MQTT'])
    expect(said(found, 'database')!.says).toContain('nothing listens there')
    if (empty === null) return
    const there = await examine(['--idle', '0'], { ...away, DATABASE_URL: empty })
    expect(said(there.found, 'schema')).toMatchObject({ outcome: 'warn', says: expect.stringMatching(/^0 of \d+/) })
    expect(said(there.found, 'broker')).toMatchObject({ outcome: 'ok' })
    expect(said(there.found, 'database')!.says).toMatch(/^PostgreSQL \d+/)
  })

  it('writes for people, and leads to sections that are there', async () => {
    const { out } = await callCli(['doctor', '--idle', '0'], {
      PUBLIC_URL: use.server.url,
      DATA_DIR: join(use.server.dataDir),
    })
    expect(out).toMatch(/^✓ database +the embedded database[^]*✓ buffering +a stream begins at once/)
    expect(out).toMatch(/Nothing is wrong\.|to look at\.$/)
    const page = readFileSync('docs/troubleshooting.md', 'utf8')
    const anchors = [...page.matchAll(/^## (.*)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'))
    expect(anchors).toEqual(expect.arrayContaining([...SECTIONS]))
  })
})
