import { afterEach, describe, expect, it } from 'vitest'
import { joinChunks, openRaw, type RawConnection, splitHead } from '../support/raw.ts'
import { SseParser } from '../support/sse-parser.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer()
const connections: RawConnection[] = []

afterEach(() => {
  for (const connection of connections.splice(0)) connection.close()
})

/** Sends a packet on a connection of its own. */
function send(packet: string): RawConnection {
  const connection = openRaw(use.server, packet)
  connections.push(connection)
  return connection
}

function request(line: string, headers: string[] = []): string {
  return `${[line, 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`
}

function eventsIn(text: string): Record<string, unknown>[] {
  const parser = new SseParser()
  parser.push(Buffer.from(text, 'latin1'))
  return parser.events.map(({ data }) => JSON.parse(data) as Record<string, unknown>)
}

async function closeByHand(connectionId: unknown): Promise<void> {
  expect((await use.as().delete(`/api/connections/${String(connectionId)}`)).status).toBe(204)
}

describe('HEAD', () => {
  it('gets the head of the stream and opens none', async () => {
    const answer = await fetch(new URL('/api/events', use.server.url), { method: 'HEAD' })
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('no-cache, no-transform')
    expect(await answer.text()).toBe('')
    expect((await use.as().get('/api/connections')).body.total).toBe(0)
  })

  it('is refused where GET would be', async () => {
    const answer = await fetch(new URL('/api/events?channel=secret', use.server.url), { method: 'HEAD' })
    expect(answer.status).toBe(401)
  })
})

describe('HTTP/1.0', () => {
  it('gets a body without chunks that ends with the connection', async () => {
    const client = send(request('GET /api/events?channel=public/old HTTP/1.0'))
    await client.waitFor((text) => text.includes('"connected"'), 'it is greeted')
    await use.publish('public/old', { text: 'grüß dich' })
    await client.waitFor((text) => text.includes('"text"'), 'the message comes')
    const { head, body } = splitHead(client.text())
    expect(head).toMatch(/^HTTP\/1\.1 200 /)
    expect(head.toLowerCase()).not.toContain('transfer-encoding')
    expect(body).toMatch(/^retry: \d+\nid: /)
    const [connected, message] = eventsIn(body)
    expect(message).toMatchObject({ channel: 'public/old', text: 'grüß dich' })
    await closeByHand(connected?.connectionId)
    const whole = splitHead(await client.ended).body
    expect(eventsIn(whole).at(-1)).toMatchObject({ type: 'disconnect', reason: 'kicked' })
    expect(whole.endsWith('\n\n')).toBe(true)
  })
})

describe('HTTP/1.1', () => {
  it('gets well-formed chunks, the last of which ends the body', async () => {
    const client = send(request('GET /api/events?channel=public/new HTTP/1.1'))
    await client.waitFor((text) => text.includes('"connected"'), 'it is greeted')
    await use.publish('public/new', { text: '𝄞'.repeat(5000) })
    await client.waitFor((text) => text.endsWith('\r\n') && text.includes('"text"'), 'the message comes')
    const before = joinChunks(splitHead(client.text()).body)
    expect(before.whole).toBe(false)
    const [connected, message] = eventsIn(before.text)
    expect(message?.text).toBe('𝄞'.repeat(5000))
    await closeByHand(connected?.connectionId)
    const { text, whole } = joinChunks(splitHead(await client.ended).body)
    expect(whole).toBe(true)
    expect(eventsIn(text).map(({ type }) => type)).toEqual(['connected', 'message', 'disconnect'])
  })

  it('is answered twice when the stream was asked for behind another request, in one packet', async () => {
    const stats = request('GET /api/stats HTTP/1.1', [`Authorization: Bearer ${use.server.apiKey}`])
    const client = send(stats + request('GET /api/events?channel=public/pipe HTTP/1.1'))
    await client.waitFor((text) => text.includes('"connected"'), 'the stream is greeted')
    const first = splitHead(client.text())
    const length = Number(/content-length: (\d+)/i.exec(first.head)?.[1])
    expect(JSON.parse(first.body.slice(0, length))).toHaveProperty('uptimeSeconds')
    await use.publishAll(Array.from({ length: 100 }, (_, n) => ({ channel: 'public/pipe', n })))
    await client.waitFor((text) => text.includes('"n":99'), 'the messages come')

    const second = () => joinChunks(splitHead(splitHead(client.text()).body.slice(length)).body)
    const [connected, ...messages] = eventsIn(second().text)
    expect(messages.map(({ n }) => n)).toEqual(Array.from({ length: 100 }, (_, n) => n))
    await closeByHand(connected?.connectionId)
    await client.ended
    expect(second().whole).toBe(true)
    expect(eventsIn(second().text).at(-1)).toMatchObject({ type: 'disconnect', reason: 'kicked' })
  })

  it('forgets a pipelined stream when its client goes away', async () => {
    const client = send(request('GET /healthz HTTP/1.1') + request('GET /api/events HTTP/1.1'))
    await client.waitFor((text) => text.includes('"connected"'), 'the stream is greeted')
    expect((await use.as().get('/api/connections')).body.total).toBe(1)
    client.close()
    await until(async () => (await use.as().get('/api/connections')).body.total === 0, { what: 'it is forgotten' })
  })
})
