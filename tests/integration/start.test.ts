import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest'
import { api } from '../support/api.ts'
import { createDatabase } from '../support/postgres.ts'
import { type RunningServer, runServer } from '../support/run-server.ts'
import { until } from '../support/until.ts'

let dataDir = ''
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'yayin-data-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }))

const run = (env: Record<string, string> = {}) => runServer({ DATA_DIR: dataDir, ...env })

/** The same where the database does not matter: over the run's PostgreSQL, since the embedded one takes long to start. */
async function runLight(env: Record<string, string> = {}): Promise<RunningServer> {
  const postgresUrl = inject('postgresUrl')
  return run({ ...(postgresUrl && { DATABASE_URL: await createDatabase(postgresUrl) }), ...env })
}

/** Waits for the line that says that it is ready; resolves with the URL in it. */
function readyUrl(server: RunningServer): Promise<string> {
  const find = () => /^.*\bready\b.* (http:\/\/[\w.:]+)$/m.exec(server.stdout())?.[1]
  return until(find, { deadlineMs: 20_000, what: 'it is ready' })
}

async function finish(server: RunningServer): Promise<void> {
  server.kill('SIGTERM')
  expect(await server.exited).toBe(0)
}

describe('a start', () => {
  it('says where it listens once it does, on a line of its own', async () => {
    const server = run()
    const url = await readyUrl(server)
    expect(new URL(url).port).not.toBe('0')
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    const ready = await fetch(`${url}/readyz`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({ status: 'ready', away: [] })
    await finish(server)
  })

  it('makes an API key that it tells once and keeps for its owner alone', async () => {
    const first = run()
    const url = await readyUrl(first)
    const key = /^ +API key +(yk_\S+) /m.exec(first.stdout())?.[1] ?? ''
    expect(key.length).toBeGreaterThan(30)
    expect(readFileSync(join(dataDir, 'api_key'), 'utf8').trim()).toBe(key)
    for (const name of ['api_key', 'jwt_secret']) expect(statSync(join(dataDir, name)).mode & 0o777, name).toBe(0o600)
    expect((await api({ url, apiKey: key }).get('/api/stats')).status).toBe(200)
    await finish(first)

    const second = run()
    expect((await api({ url: await readyUrl(second), apiKey: key }).get('/api/stats')).status).toBe(200)
    expect(second.stdout() + second.stderr()).not.toContain(key)
    await finish(second)
  })

  it('neither keeps nor tells a key that it was given', async () => {
    const apiKey = `yk_given_${'x'.repeat(32)}`
    const server = await runLight({ API_KEY: apiKey })
    expect((await api({ url: await readyUrl(server), apiKey }).get('/api/stats')).status).toBe(200)
    expect(server.stdout() + server.stderr()).not.toContain(apiKey)
    expect(() => statSync(join(dataDir, 'api_key'))).toThrow('ENOENT')
    await finish(server)
  })

  it('gives a link to sign in with that works once, where the admin has no password', async () => {
    const server = await runLight({ API_KEY: `yk_given_${'x'.repeat(32)}` })
    const url = await readyUrl(server)
    const code = await until(() => /#code=(\S+)/.exec(server.stdout())?.[1], { what: 'the link is told' })
    const nobody = api({ url, apiKey: '' }, null)
    const signedIn = await nobody.post('/api/auth/login', { code })
    expect(signedIn.body).toMatchObject({ user: { email: 'admin@localhost', role: 'admin' } })
    expect((await api({ url, apiKey: '' }, String(signedIn.body.token)).get('/api/stats')).status).toBe(200)
    expect((await nobody.post('/api/auth/login', { code })).status).toBe(401)
    await finish(server)
  })
})

describe('a start that can’t be', () => {
  it('ends with 2 and one line when DATA_DIR is no folder, nor can become one', async () => {
    const file = import.meta.filename
    const places = [{ DATA_DIR: file }, { DATA_DIR: `${file}/a/b` }, { DATA_DIR: '/proc/nope' }]
    const workers = { DATA_DIR: '/proc/nope/a', WORKERS: '2', DATABASE_URL: 'postgres://127.0.0.1:1/none' }
    for (const server of [...places, workers].map(run)) {
      expect(await server.exited).toBe(2)
      expect(server.stderr()).toMatch(/^DATA_DIR is "\/.*"; allowed: a folder to write to \(E\w+\)\n$/)
    }
  })

  it('ends with 2 and names each wrong value and what is allowed', async () => {
    const wrong = { PORT: '70000', BROKER: 'pigeon', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://me:secret@host/db' }
    const server = run(wrong)
    expect(await server.exited).toBe(2)
    expect(server.stdout()).toBe('')
    const lines = server.stderr().trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    const line = (name: string) => lines.find((text) => text.startsWith(name))
    expect(line('PORT')).toMatch(/"70000".*allowed.*0 to 65535/)
    expect(line('BROKER')).toMatch(/"pigeon".*allowed.*local.*postgres.*redis.*nats/)
    expect(line('LOG_LEVEL')).toMatch(/"loud".*allowed.*debug/)
    expect(line('DATABASE_URL')).toMatch(/allowed.*postgres/)
    expect(server.stderr()).not.toContain('secret')
  })

  it('ends with 2 when a broker lacks its address', async () => {
    const server = run({ BROKER: 'redis' })
    expect(await server.exited).toBe(2)
    expect(server.stderr()).toMatch(/^BROKER is "redis".*REDIS_URL.*\n$/)
  })

  it('ends with 1 and one plain line when the port is taken', async () => {
    const first = await runLight()
    const { port } = new URL(await readyUrl(first))
    const otherDir = join(dataDir, 'other')
    const second = await runLight({ PORT: port, DATA_DIR: otherDir })
    expect(await second.exited).toBe(1)
    expect(
      second
        .stderr()
        .split('\n')
        .filter((text) => text.includes(`PORT=${port}`)),
    ).toHaveLength(1)
    expect(second.stderr()).not.toContain('    at ')
    expect(second.stdout()).toBe('')
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200)
    await finish(first)
  })

  it('ends with 1 and names the process that has its data already', async () => {
    const first = run()
    const url = await readyUrl(first)
    const second = run()
    expect(await second.exited).toBe(1)
    expect(second.stderr()).toContain(String(first.pid))
    expect(second.stderr()).toContain(dataDir)
    expect(second.stderr().trimEnd().split('\n')).toHaveLength(1)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    await finish(first)
    // Once it has ended, the next one gets in.
    const third = run()
    await readyUrl(third)
    await finish(third)
  })
})
