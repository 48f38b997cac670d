import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Stats } from '../../shared/api.ts'
import { api } from '../support/api.ts'
import { cleanEnvironment } from '../support/server.ts'
import { until } from '../support/until.ts'

const DEMO = fileURLToPath(new URL('../../scripts/demo.mjs', import.meta.url))
const SLOW = { deadlineMs: 40_000, everyMs: 200 }

/** Runs the demo with its temporary files in a folder of their own; ends it with the test. */
async function runDemo(args: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'yayin-demo-test-'))
  const child = spawn(process.execPath, [DEMO, ...args], { env: { ...cleanEnvironment(), TMPDIR: folder } })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text))
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  })
  return { folder, ended, printed: () => printed, stop: () => child.kill('SIGINT') }
}

describe('the demo', () => {
  it('fills a hub with people and messages, and takes all away again when it is stopped', async () => {
    const demo = await runDemo(['--connections', '40', '--rate', '40', '--port', '0'])
    const found = () => /ready at (\S+)\s+Sign in as (\S+) with (\S+)/.exec(demo.printed())
    const [, url = '', email, password] = await until(found, { ...SLOW, what: 'the demo is ready' })
    const { body } = await api({ url, apiKey: '' }, null).post('/api/auth/login', { email, password })
    const admin = api({ url, apiKey: '' }, String(body.token))
    const stats = async () => (await admin.get<Stats>('/api/stats')).body

    await until(async () => (await stats()).connections.current >= 20, SLOW)
    expect(Object.keys((await stats()).connections.byTransport).toSorted((a, b) => a.localeCompare(b))).toEqual([
      'sse',
      'ws',
    ])
    const before = (await stats()).messages
    await until(async () => {
      const { published, delivered } = (await stats()).messages
      return published > before.published + 20 && delivered > before.delivered + 20
    }, SLOW)
    await until(async () => (await stats()).rooms.participants >= 5, SLOW)
    for (const channel of ['shop/orders', 'public/match/2041', 'chat/*']) {
      const search = `/api/messages?channel=${encodeURIComponent(channel)}`
      await until(async () => (await admin.get<{ items: unknown[] }>(search)).body.items.length > 0, SLOW)
    }

    demo.stop()
    expect(await demo.ended).toBe(0)
    expect(demo.printed()).toContain('The demo ends.')
    expect((await readdir(demo.folder)).filter((name) => name.startsWith('yayin-demo-'))).toEqual([])
    await expect(fetch(url)).rejects.toThrow('fetch failed')
  })

  it('says what is allowed when an option is wrong', async () => {
    const demo = await runDemo(['--rate', 'many'])
    expect(await demo.ended).toBe(2)
    expect(demo.printed()).toContain('--rate is "many"; allowed: a whole number from 1 to 10000')
  })
})
