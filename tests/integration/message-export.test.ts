import http from 'node:http'
import { beforeAll, describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()
const COUNT = 2500

async function exported(query: string): Promise<{ text: string; headers: Headers }> {
  const { status, body, headers } = await use.as().get<string>(`/api/messages/export?${query}`)
  expect(status).toBe(200)
  return { text: body, headers }
}

describe('an export of the archive', () => {
  beforeAll(async () => {
    const all = Array.from({ length: COUNT }, (_, n) => ({ channel: `bulk/${n % 2}`, n, text: 'x'.repeat(200) }))
    for (let at = 0; at < COUNT; at += 500) await use.publishAll(all.slice(at, at + 500))
    await use.publish('odd', { type: '=1+1', text: 'a "quoted", word\nand a line' })
  })

  it('holds all that the search finds, in log order, however many there are', async () => {
    const { text, headers } = await exported('channel=bulk/*')
    expect(headers.get('content-type')).toContain('application/x-ndjson')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="messages-.*\.ndjson"$/)
    const lines = text.trimEnd().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { n: number }).n)).toEqual(lines.map((_, n) => n))
    expect(lines).toHaveLength(COUNT)
    const half = await exported('channel=bulk/1&field=n>=2000')
    expect(half.text.trimEnd().split('\n')).toHaveLength(250)
  })

  it('is a table that no spreadsheet takes for formulas when CSV is asked for', async () => {
    const { text, headers } = await exported('format=csv&channel=odd')
    expect(headers.get('content-type')).toContain('text/csv')
    const [head, row, end] = text.split('\r\n')
    expect(head).toBe('id,timestamp,channel,type,from,message')
    expect(row).toMatch(/^[a-z0-9]+\.\d+,[^,]+,odd,"'=1\+1",,"\{""text"":""a \\""quoted\\"", word\\nand a line""\}"$/)
    expect(end).toBe('')
  })

  it('stops reading when the client goes away', async () => {
    const url = new URL('/api/messages/export', use.server.url)
    const headers = { authorization: `Bearer ${use.server.apiKey}` }
    await new Promise<void>((resolve, reject) => {
      const request = http.get(url, { headers }, (response) => {
        response.once('data', () => {
          response.destroy()
          resolve()
        })
      })
      request.on('error', reject)
    })
    await until(async () => (await use.as().get('/readyz')).status === 200)
    expect(use.server.logs()).not.toContain('"level":50')
  })

  it('is refused when the search is wrong, before anything is sent', async () => {
    expect((await use.as().get('/api/messages/export?format=xml')).status).toBe(400)
    expect((await api(use.server, null).get('/api/messages/export')).status).toBe(401)
  })
})
