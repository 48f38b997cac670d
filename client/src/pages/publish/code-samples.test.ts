import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { parseExact } from '../../../../shared/exact-json.ts'
import type { JsonObject } from '../../../../shared/protocol.ts'
import { type SampleRequest, writeSample } from './code-samples.ts'

const REQUEST: SampleRequest = {
  origin: 'http://localhost:3000',
  channel: 'orders/7',
  message: { type: 'order_paid', note: `it's "49" \\ $HOME \n İ`, list: [1, true, null, []], own: {} },
  ephemeral: true,
  deliverAt: null,
}

const runs = (program: string) => spawnSync(program, ['--version']).status === 0

describe('code that publishes', () => {
  it('names the channel and what is asked for, and no key', () => {
    for (const language of ['curl', 'javascript', 'python', 'php'] as const) {
      const code = writeSample(language, { ...REQUEST, deliverAt: '2026-11-21T10:00:00.000Z' })
      expect(code).toContain('/api/broadcast?channel=orders/7&ephemeral=1&deliverAt=2026-11-21T10%3A00%3A00.000Z')
      expect(code).toContain('YAYIN_KEY')
    }
  })

  it('hands the very same message over when a shell reads it', () => {
    const script = `curl() { for last; do :; done; printf %s "$last"; }\n${writeSample('curl', REQUEST)}`
    const { stdout } = spawnSync('sh', ['-c', script], { encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual(REQUEST.message)
  })

  it('hands the very same message over when JavaScript reads it', () => {
    const body = /JSON\.stringify\(([^]*?)\),\n\}\)/.exec(writeSample('javascript', REQUEST))?.[1]
    expect(JSON.parse(body ?? '')).toEqual(REQUEST.message)
  })

  it.skipIf(!runs('python3'))('hands the very same message over when Python reads it', () => {
    const code = writeSample('python', REQUEST).split('\nrequest =')[0]
    const { stdout } = spawnSync('python3', ['-c', `${code}\nprint(json.dumps(message))`], { encoding: 'utf8' })
    expect(JSON.parse(stdout)).toEqual(REQUEST.message)
  })

  it('hands over as text what these languages would round', () => {
    const text = '{"n":12345678901234567890,"m":1e400}'
    const request = { ...REQUEST, message: parseExact(text) as JsonObject }
    expect(writeSample('curl', request)).toContain(`-d '${text}'`)
    expect(writeSample('javascript', request)).toContain(`body: ${JSON.stringify(text)},\n`)
    expect(writeSample('python', request)).toMatch(/^message = "\{\\"n\\".*\n[^]*data=message\.encode\(\),/m)
    expect(writeSample('php', request)).toContain(`$message = '${text}';`)
    expect(writeSample('php', request)).toContain('CURLOPT_POSTFIELDS => $message,')
  })

  it('writes PHP that escapes what PHP would read as its own', () => {
    expect(writeSample('php', { ...REQUEST, message: { a: `it's \\` } })).toContain(String.raw`'a' => 'it\'s \\'`)
  })
})
