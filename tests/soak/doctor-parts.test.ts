import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Finding } from '../../cli/doctor/finding.ts'
import { findOpenssl } from '../../scripts/test-parts.mjs'
import { mosquittoPath, startMosquitto } from '../support/mosquitto.ts'
import { natsPath, startNats } from '../support/nats-server.ts'
import { redisPath, startRedis } from '../support/redis-server.ts'
import { callCli } from '../support/run-cli.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()

/** What the doctor finds beside a hub with this environment, about one part. */
async function findingsOf(check: string, env: Record<string, string>): Promise<Finding[]> {
  const own = { DATA_DIR: use.server.dataDir, PUBLIC_URL: use.server.url, ...env }
  const { out } = await callCli(['doctor', '--json', '--idle', '0'], own)
  const found = out.split('\n').map((line) => JSON.parse(line) as Finding)
  return found.filter((finding) => finding.check === check)
}

function temporaryFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'yayin-doctor-'))
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
  return dir
}

describe('the doctor', () => {
  it.skipIf(mosquittoPath === null)('finds right and wrong credentials of an MQTT broker', async () => {
    const passwords = join(temporaryFolder(), 'passwords')
    writeFileSync(passwords, '')
    execFileSync('mosquitto_passwd', ['-b', passwords, 'hub', 'right'])
    const broker = await startMosquitto(['allow_anonymous false', `password_file ${passwords}`])
    onTestFinished(() => broker.stop())
    const url = (password: string) => `mqtt://hub:${password}@127.0.0.1:${broker.port}`
    expect(await findingsOf('MQTT', { MQTT_URL: url('right') })).toMatchObject([{ outcome: 'ok' }])
    const wrong = await findingsOf('MQTT', { MQTT_URL: url('wrong') })
    expect(wrong).toMatchObject([{ outcome: 'fail', says: expect.stringContaining('refuses the credentials') }])
    expect(JSON.stringify(wrong)).not.toContain('hub:wrong')
  })

  it.skipIf(redisPath === null)('finds a Redis that keeps nothing, and one that does', async () => {
    const [keeps, forgets] = await Promise.all([startRedis(), startRedis({ config: ['appendonly no'] })])
    onTestFinished(async () => void (await Promise.all([keeps.stop(), forgets.stop()])))
    const env = (port: number) => ({ BROKER: 'redis', REDIS_URL: `redis://127.0.0.1:${port}` })
    expect(await findingsOf('broker', env(keeps.port))).toMatchObject([{ outcome: 'ok' }])
    expect(await findingsOf('broker', env(forgets.port))).toMatchObject([{ outcome: 'warn' }])
    expect(await findingsOf('broker', env(1))).toMatchObject([{ outcome: 'fail' }])
  })

  it.skipIf(natsPath === null)('finds a NATS, and its absence', async () => {
    const nats = await startNats()
    onTestFinished(() => nats.stop())
    const env = (port: number) => ({ BROKER: 'nats', NATS_URL: `nats://127.0.0.1:${port}` })
    expect(await findingsOf('broker', env(nats.port))).toMatchObject([{ outcome: 'ok' }])
    expect(await findingsOf('broker', env(1))).toMatchObject([{ outcome: 'fail' }])
  })

  it.skipIf(findOpenssl() === null)('finds a certificate that browsers refuse, and HTTP/1.1', async () => {
    const dir = temporaryFolder()
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')]
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '90']
    execFileSync(findOpenssl()!, [...made, '-subj', '/CN=localhost', '-keyout', key, '-out', cert], { stdio: 'ignore' })
    const front = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (req, res) => {
      request(new URL(req.url ?? '/', use.server.url), { headers: req.headers, method: req.method }, (answer) => {
        res.writeHead(answer.statusCode ?? 0, answer.headers)
        answer.pipe(res)
      }).end()
    }).listen(0)
    onTestFinished(() => {
      front.closeAllConnections()
      front.close()
    })
    await once(front, 'listening')
    const url = `https://localhost:${(front.address() as AddressInfo).port}`
    const { out } = await callCli(['doctor', url, '--json', '--idle', '0'], {})
    const found = out.split('\n').map((line) => JSON.parse(line) as Finding)
    expect(found.find(({ check }) => check === 'TLS')).toMatchObject({
      outcome: 'fail',
      says: expect.stringContaining('browsers refuse'),
    })
    expect(found.find(({ check }) => check === 'HTTP version')).toMatchObject({ outcome: 'warn' })
    expect(found.find(({ check }) => check === 'buffering')).toMatchObject({ outcome: 'ok' })
    expect(found.find(({ check }) => check === 'WebSocket')).toMatchObject({ outcome: 'fail' })
  })
})
