import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { joinSocket } from '../support/ws.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()
const text = async () => (await use.as().get<string>('/metrics')).body

/** The value of the sample that begins with `sample`. */
async function valueOf(sample: string): Promise<number> {
  const line = (await text()).split('\n').find((candidate) => candidate.startsWith(`${sample} `))
  return line === undefined ? Number.NaN : Number(line.split(' ').at(-1))
}
const reaches = (sample: string, least: number) =>
  until(async () => (await valueOf(sample)) >= least, { deadlineMs: 15_000, what: `${sample} is at least ${least}` })

async function typesOf(): Promise<Map<string, string>> {
  const lines = (await text()).matchAll(/^# TYPE (\S+) (\S+)$/gm)
  return new Map([...lines].map(([, name, type]) => [name!, type!]))
}
const fileOf = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')

describe('the metrics', () => {
  it('are all in the manual, each with its type, and none but they', async () => {
    const types = await typesOf()
    const own = [...types].filter(([name]) => name.startsWith('yayin_')).map((entry) => entry.join(' '))
    const rows = (await fileOf('docs/metrics.md')).matchAll(/^\| `(yayin_\w+)` \| (\w+) \|/gm)
    expect([...rows].map(([, name, type]) => `${name} ${type}`).toSorted()).toEqual(own.toSorted())
  })

  it('are what the dashboard for Grafana and the alerts of the manual ask for', async () => {
    const types = await typesOf()
    const dashboard = JSON.parse(await fileOf('deploy/grafana/yayin.json')) as {
      panels: { type: string; targets?: { expr: string }[] }[]
    }
    const asked = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
    const words = `${asked.join(' ')} ${await fileOf('docs/metrics.md')}`.match(/\b(?:yayin|process|nodejs)_\w+/g)!
    const names = new Set(words.map((name) => (types.has(name) ? name : name.replace(/_bucket$/, ''))))
    expect(names.size).toBeGreaterThan(30)
    expect([...names].filter((name) => !types.has(name))).toEqual([])
  })

  it('count messages, bytes and times as they are', async () => {
    const [published, bytes] = [
      await valueOf('yayin_messages_published_total'),
      await valueOf('yayin_published_bytes_total'),
    ]
    const stream = await use.follow(['public/m'])
    await use.publish('public/m', { text: 'x'.repeat(300) })
    await stream.waitFor(({ body }) => body.channel === 'public/m', 15_000)
    expect((await valueOf('yayin_messages_published_total')) - published).toBe(1)
    expect((await valueOf('yayin_published_bytes_total')) - bytes).toBeGreaterThan(300)
    expect(await valueOf('yayin_message_size_bytes_bucket{le="256"}')).toBeLessThan(
      await valueOf('yayin_message_size_bytes_bucket{le="1024"}'),
    )
    for (const name of ['publish_duration', 'delivery_latency', 'broker_append_duration', 'database_query_duration']) {
      const count = await valueOf(`yayin_${name}_seconds_count`)
      expect(count, name).toBeGreaterThan(0)
      expect(await valueOf(`yayin_${name}_seconds_bucket{le="+Inf"}`), name).toBeGreaterThanOrEqual(count)
      expect(await valueOf(`yayin_${name}_seconds_sum`), name).toBeGreaterThan(0)
    }
    expect(await valueOf('yayin_sent_bytes_total')).toBeGreaterThan(300)
    await reaches('yayin_log_head', 1)
    expect(await valueOf('yayin_log_lag')).toBe(0)
  })

  it('count connections by what became of them, resumes, gaps and refusals', async () => {
    const { id } = await use.publish('public/m')
    await use.publish('public/m')
    const stream = await use.follow(['public/m'], { lastEventId: id })
    await use.follow(['public/m'], { lastEventId: 'other.1' })
    await reaches('yayin_resumes_total{status="complete"}', 1)
    await reaches('yayin_resume_gaps_total{reason="epoch"}', 1)
    await reaches('yayin_messages_replayed_total', 1)
    await use.as().delete(`/api/connections/${stream.connectionId}`)
    await reaches('yayin_connections_closed_total{transport="sse",reason="kicked"}', 1)
    const client = await joinSocket(use.server)
    await client.ask({ type: 'subscribe', channel: 'a//b' })
    await use.as(null).post('/api/broadcast', {})
    await reaches('yayin_refusals_total{code="invalid_channel"}', 1)
    await reaches('yayin_refusals_total{code="unauthorized"}', 1)
    await reaches('yayin_connections_opened_total{transport="ws"}', 1)
  })
})
