import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { startLightServer } from '../support/light-server.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

interface Span {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: { key: string; value: { stringValue?: string; intValue?: number } }[]
}
interface Export {
  resourceSpans: { resource: { attributes: Span['attributes'] }; scopeSpans: { spans: Span[] }[] }[]
}

describe('traces', () => {
  const exports: Export[] = []
  let collector: Server
  const use = useServer(async () => {
    collector = createServer((req, res) => {
      let text = ''
      req.setEncoding('utf8').on('data', (part: string) => (text += part))
      req.on('end', () => {
        if (req.url === '/otlp/v1/traces') exports.push(JSON.parse(text) as Export)
        res.setHeader('Content-Type', 'application/json').end('{}')
      })
    }).listen(0, '127.0.0.1')
    await once(collector, 'listening')
    const { port } = collector.address() as AddressInfo
    const endpoint = `http://127.0.0.1:${port}/otlp`
    return startLightServer({ env: { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_BSP_SCHEDULE_DELAY: '100' } })
  })
  afterAll(() => void collector?.close())

  const spans = () =>
    exports.flatMap(({ resourceSpans }) => resourceSpans.flatMap((r) => r.scopeSpans.flatMap((s) => s.spans)))
  const traceOf = (traceId: string) =>
    until(
      () => {
        const found = spans().filter((span) => span.traceId === traceId)
        return found.length >= 3 ? found : undefined
      },
      { deadlineMs: 20_000, what: 'three spans of the trace' },
    )

  it('lead from the caller’s span by way of the publish to its commit and its delivery', async () => {
    const stream = await use.follow(['public/traced'])
    const [traceId, parent] = ['0af7651916cd43dd8448eb211c80319c', 'b7ad6b7169203331']
    const response = await fetch(`${use.server.url}/api/broadcast`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${use.server.apiKey}`,
        'Content-Type': 'application/json',
        traceparent: `00-${traceId}-${parent}-01`,
      },
      body: JSON.stringify([{ channel: 'public/traced' }, { channel: 'public/traced', last: true }]),
    })
    expect(response.status).toBe(200)
    const { messages } = (await response.json()) as { messages: { id: string }[] }
    await stream.waitFor(({ body }) => body.last === true, 15_000)
    const found = await traceOf(traceId)
    const byName = Object.fromEntries(found.map((span) => [span.name, span]))
    expect(Object.keys(byName).toSorted()).toEqual(['commit', 'deliver', 'publish'])
    const { publish, commit, deliver } = byName as Record<'publish' | 'commit' | 'deliver', Span>
    expect(publish.parentSpanId).toBe(parent)
    expect([commit.parentSpanId, deliver.parentSpanId]).toEqual([publish.spanId, publish.spanId])
    const attributes = Object.fromEntries(publish.attributes.map(({ key, value }) => [key, Object.values(value)[0]]))
    expect(attributes).toMatchObject({
      'messaging.destination.name': 'public/traced',
      'messaging.batch.message_count': 2,
      'messaging.message.id': messages[0]!.id,
      'yayin.recipients': 1,
    })
    for (const { startTimeUnixNano, endTimeUnixNano } of found) {
      expect(BigInt(endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(startTimeUnixNano))
    }
    const resource = exports[0]!.resourceSpans[0]!.resource.attributes
    expect(resource).toContainEqual({ key: 'service.name', value: { stringValue: 'yayin' } })
  })

  it('are left out where the caller does not sample, and begin anew where it sends none', async () => {
    const unsampled = '1af7651916cd43dd8448eb211c80319c'
    const send = (headers: Record<string, string>) =>
      use.as().post('/api/broadcast', { channel: 'public/other' }, headers)
    await send({ traceparent: `00-${unsampled}-b7ad6b7169203331-00` })
    await send({ traceparent: 'nonsense' })
    const fresh = await until(() => spans().find((span) => span.name === 'publish' && !span.parentSpanId), {
      deadlineMs: 20_000,
      what: 'a trace of its own',
    })
    await traceOf(fresh.traceId)
    expect(spans().filter(({ traceId }) => traceId === unsampled)).toEqual([])
  })
})
