import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findOpenssl } from '../../scripts/test-parts.mjs'
import { openRedis } from '../../server/brokers/redis.ts'
import { api } from '../support/api.ts'
import { freePort } from '../support/free-port.ts'
import { appendOf, askRedis, openLogIn, reopened, runRedis, urlOf } from '../support/redis-log.ts'
import { redisPath } from '../support/redis-server.ts'
import { startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

const DEADLINE_MS = 15_000

describe.skipIf(redisPath === null)('the log in Redis', () => {
  it('answers for nothing, and hands out nothing, that no replica has, where there is one', async () => {
    const primary = await runRedis()
    const replica = await runRedis(`replicaof 127.0.0.1 ${primary.port}`)
    const info = () => askRedis(primary).info('replication')
    await until(async () => (await info()).includes('state=online'), { deadlineMs: DEADLINE_MS, everyMs: 100 })
    const [writer, reader] = [await openLogIn(urlOf(primary)), await openLogIn(urlOf(primary))]
    const { epoch } = await writer.open(0)
    expect(await writer.write(epoch, [appendOf(1)])).toMatchObject({ firsts: [1] })
    expect((await reader.next(0)).entries).toHaveLength(1)
    replica.freeze()
    await expect(writer.write(epoch, [appendOf(1)])).rejects.toThrow('no replica')
    await expect(reader.next(1)).rejects.toThrow('no replica')
    replica.thaw()
    await reopened(writer, 1)
    expect((await reader.next(1)).entries).toHaveLength(1)
    expect(await writer.write(epoch, [appendOf(1)])).toMatchObject({ firsts: [3] })
  })

  it('answers or rejects within seconds when Redis hangs', async () => {
    const server = await runRedis()
    const engine = await openLogIn(urlOf(server))
    const { epoch } = await engine.open(0)
    server.freeze()
    const results = await Promise.allSettled([engine.write(epoch, [appendOf(1)]), engine.read(0, 1), engine.next(0)])
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    server.thaw()
    await reopened(engine, 0)
  })

  it('works in a cluster', async () => {
    const server = await runRedis('cluster-enabled yes', 'cluster-announce-ip 127.0.0.1')
    const client = askRedis(server)
    await client.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383')
    await until(async () => (await client.cluster('INFO')).includes('cluster_state:ok'), {
      deadlineMs: DEADLINE_MS,
      everyMs: 100,
    })
    const engine = await openLogIn(`redis+cluster://127.0.0.1:${server.port}`)
    const { epoch } = await engine.open(0)
    const keyed = appendOf(1, { idempotent: { key: 'k', answer: '[]' } })
    expect(await engine.write(epoch, [appendOf(1), keyed])).toEqual({ before: 0, firsts: [1, 2] })
    expect((await engine.next(0)).entries).toHaveLength(2)
    const parts = { url: `redis+cluster://127.0.0.1:${server.port}`, prefix: 'bus', log: pino({ level: 'silent' }) }
    const [one, other] = ['n1', 'n2'].map((node) => openRedis({ ...parts, node }))
    onTestFinished(async () => {
      await Promise.all([one!.close(), other!.close()])
    })
    const heard: unknown[] = []
    other!.bus.listen((note, from) => void heard.push([note.kind, from]))
    await until(
      () => {
        one!.bus.send({ kind: 'hello' })
        return heard.length > 0
      },
      { deadlineMs: DEADLINE_MS, everyMs: 50 },
    )
    expect(heard[0]).toEqual(['hello', 'n1'])
  })

  it.skipIf(findOpenssl() === null)('is reached over TLS, with a password, by its whole address', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'yayin-tls-'))
    onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
    const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
    const form = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync(findOpenssl()!, [...form, '-keyout', key, '-out', cert, ...subject], { stdio: 'ignore' })
    const port = await freePort()
    const files = [`tls-cert-file ${cert}`, `tls-key-file ${key}`, `tls-ca-cert-file ${cert}`]
    await runRedis(`tls-port ${port}`, ...files, 'tls-auth-clients no', 'requirepass p@ss')
    const env = {
      BROKER: 'redis',
      REDIS_URL: `rediss://:p%40ss@127.0.0.1:${port}/2`,
      REDIS_PREFIX: 'tls',
      NODE_EXTRA_CA_CERTS: cert,
    }
    const server = await startServer({ env })
    onTestFinished(async () => void (await server.stop()))
    await until(async () => (await fetch(`${server.url}/readyz`)).ok, { deadlineMs: DEADLINE_MS })
    const { status } = await api(server).post('/api/broadcast', { channel: 'public/tls' })
    expect(status).toBe(200)
    expect(server.logs()).not.toContain('p@ss')
  })
})
