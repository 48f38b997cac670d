import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { VARIABLES } from '../../server/config-variables.ts'
import { until } from '../support/until.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let dataDir = ''
let child: ChildProcess | undefined
let printed = ''

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'yayin-data-'))
  printed = ''
})
afterEach(async () => {
  killGroup('SIGKILL')
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 })
})

/** Runs `npm start` as the leader of a process group, as a terminal does. */
function npmStart(env: Record<string, string>): Promise<number | null> {
  const inherited = Object.entries(process.env).filter(([name]) => !Object.hasOwn(VARIABLES, name))
  const variables = { ...Object.fromEntries(inherited), PORT: '0', DATA_DIR: dataDir, ...env }
  child = spawn('npm', ['start'], { cwd: ROOT, env: variables, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (printed += text))
  }
  return once(child, 'close').then(([code]) => code as number | null)
}

function killGroup(signal: NodeJS.Signals): void {
  try {
    if (child?.pid !== undefined) process.kill(-child.pid, signal)
  } catch {
    // The whole group has ended.
  }
}

function readyUrl(): Promise<string> {
  const find = () => /^.*\bready\b.*(http:\/\/[\w.:]+).*\n/im.exec(printed)?.[1]
  return until(find, { deadlineMs: 20_000, what: 'npm start prints that it is ready' })
}

it('starts in production and ends with 0 when npm gets SIGTERM', async () => {
  const ended = npmStart({})
  const response = await fetch(new URL('/healthz', await readyUrl()))
  expect(response.status).toBe(200)
  child?.kill('SIGTERM')
  expect(await ended).toBe(0)
})

it('drains and ends with 0 when Ctrl-C reaches npm and the server, and npm passes its own on', async () => {
  const ended = npmStart({})
  await readyUrl()
  killGroup('SIGINT')
  expect(await ended).toBe(0)
})

it('ends with 2 and one plain line when a variable is wrong', async () => {
  expect(await npmStart({ PORT: 'eighty' })).toBe(2)
  expect(printed).toMatch(/^PORT is "eighty"; allowed: a whole number from 0 to 65535.*$/m)
  expect(printed).not.toContain('    at ')
})
