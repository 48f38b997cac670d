import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { findPythonWebsockets } from '../../scripts/test-parts.mjs'
import { startExample } from '../support/example.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const CLIENT = fileURLToPath(new URL('../../examples/room-chat/client.py', import.meta.url))
const ROUNDS = 5
const PER_ROUND = 20
/** An id that holds the name Ada, as the example makes them. */
const ADA = 'aaaaaaaa.QWRh'
const python = findPythonWebsockets()

describe.skipIf(python === null)('the example’s client in Python', () => {
  const use = useServer()

  it('prints every message once, in order, though the server is killed again and again', async () => {
    const example = await startExample('room-chat', { YAYIN_URL: use.server.url, YAYIN_KEY: use.server.apiKey })
    onTestFinished(() => example.stop())
    const program = spawn(python!, [CLIENT, '--site', example.url, '--name', 'Deniz', '--room', 'lobby'])
    onTestFinished(() => void program.kill('SIGKILL'))
    let printed = ''
    program.stdout.on('data', (text: Buffer) => (printed += String(text)))
    const times = (text: string) => printed.split(text).length - 1
    const token = await use.tokenFor({ sub: ADA, publish: ['chat/*'] })
    const all = Array.from({ length: ROUNDS * PER_ROUND }, (_, n) => n)
    for (const n of all) {
      if (n % PER_ROUND === 0) {
        const greeted = n / PER_ROUND + 1
        await until(() => times('* you are in lobby') === greeted, { deadlineMs: 60_000, what: 'it is there' })
      }
      const message = { channel: 'chat/lobby', type: 'chat', text: `number ${n}` }
      expect((await use.as(token).post('/api/broadcast', message)).status).toBe(200)
      if (n % PER_ROUND === PER_ROUND / 2) await use.server.restart({ signal: 'SIGKILL' })
    }
    await until(() => printed.includes(`number ${all.at(-1)}\n`), { deadlineMs: 60_000, what: 'the last one' })
    const numbers = [...printed.matchAll(/^Ada: number (\d+)$/gm)].map(([, n]) => Number(n))
    expect(numbers).toEqual(all)
  })
})
