import { Agent } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { publish } from '../chaos/support.ts'
import { openRaw, type RawConnection } from '../support/raw.ts'
import { until } from '../support/until.ts'
import { idsOf, offsetOf, useServer } from '../support/use-server.ts'

const use = useServer()
const connections: RawConnection[] = []

afterEach(async () => {
  for (const connection of connections.splice(0)) connection.close()
  // Whatever a test left of the server, the next one finds it running.
  await use.server.restart()
})

/** Sends SIGTERM and resolves with the exit code, and how long it took. */
async function drain(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; tookMs: number }> {
  const startedAt = performance.now()
  use.server.kill(signal)
  const code = await use.server.exited()
  return { code, tookMs: performance.now() - startedAt }
}

/** Begins a publish whose body is not sent to its end. */
async function beginPublish(text: string, sendBytes: number): Promise<RawConnection> {
  const head = [
    'POST /api/broadcast HTTP/1.1',
    'Host: localhost',
    `Authorization: Bearer ${use.server.apiKey}`,
    'Content-Type: application/json',
    `Content-Length: ${text.length}`,
  ]
  const connection = openRaw(use.server, `${head.join('\r\n')}\r\n\r\n${text.slice(0, sendBytes)}`)
  connections.push(connection)
  // What comes later on another connection is answered after this one was taken in.
  expect((await use.as().get('/api/stats')).status).toBe(200)
  return connection
}

describe('a drain', () => {
  it('tells every client to come again, each at its own time, and ends with 0', async () => {
    const streams = await Promise.all(Array.from({ length: 30 }, () => use.follow(['public/drain'])))
    const stalled = await use.follow(['public/drain'])
    stalled.pause()
    const { id } = await use.publish('public/drain')
    const { code, tookMs } = await drain()
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(10_000)
    const times = await Promise.all(
      streams.map(async (stream) => {
        const { body } = await stream.waitFor((frame) => frame.body.type === 'disconnect')
        expect(body).toEqual({ type: 'disconnect', reason: 'shutdown', reconnect: true, retryMs: expect.any(Number) })
        await stream.ended
        expect(stream.retryMs).toBe(body.retryMs)
        return Number(body.retryMs)
      }),
    )
    expect(new Set(times).size).toBeGreaterThan(20)
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(1500)
    expect(Math.min(...times)).toBeGreaterThan(0)

    await use.server.restart()
    const missed = await use.publish('public/drain')
    const back = await use.follow(['public/drain'], { lastEventId: streams[0]!.lastEventId })
    await back.waitFor(({ body }) => body.id === missed.id)
    expect(back.connected.resume).toEqual({ status: 'complete' })
    expect(streams[0]!.lastEventId).toBe(id)
    expect(idsOf(back)).toEqual([missed.id])
  })

  it('keeps everything that it answered 200, under load', async () => {
    const first = await use.publish('public/load')
    const agents = Array.from({ length: 8 }, () => new Agent({ keepAlive: true, maxSockets: 1 }))
    const answered: string[] = []
    let running = true
    const publishers = agents.map(async (agent) => {
      while (running) {
        const id = await publish(use.server, agent, { channel: 'public/load' }).catch(() => null)
        if (id === null) return
        answered.push(id)
      }
    })
    await until(() => answered.length > 200, { what: 'it is busy' })
    const { code, tookMs } = await drain()
    running = false
    await Promise.all(publishers)
    for (const agent of agents) agent.destroy()
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(10_000)

    await use.server.restart()
    const last = answered.toSorted((a, b) => offsetOf(a) - offsetOf(b)).at(-1)
    const back = await use.follow(['public/load'], { lastEventId: first.id })
    await back.waitFor(({ body }) => body.id === last)
    expect(back.connected.resume).toEqual({ status: 'complete' })
    const got = new Set(idsOf(back))
    expect(answered.filter((id) => !got.has(id))).toEqual([])
  })

  it('answers a publish whose body was still coming in, and keeps it', async () => {
    const text = JSON.stringify({ channel: 'public/late', text: 'x'.repeat(1000) })
    const late = await beginPublish(text, 500)
    const stream = await use.follow(['public/late'])
    use.server.kill('SIGTERM')
    await stream.waitFor(({ body }) => body.type === 'disconnect')
    late.send(text.slice(500))
    const answer = await late.ended
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    const id = /"id":"([^"]+)"/.exec(answer)?.[1]
    expect(await use.server.exited()).toBe(0)
    await use.server.restart()
    const { body } = await use.as().get<{ items: { id: string }[] }>('/api/channels/public%2Flate/messages')
    expect(body.items.map((item) => item.id)).toEqual([id])
  })

  it('is not held up for long by a request that never ends, takes nothing new meanwhile, and ends with 0', async () => {
    await beginPublish('{"never":"ends"}', 5)
    const stream = await use.follow(['broadcast'])
    const startedAt = performance.now()
    use.server.kill('SIGTERM')
    await stream.waitFor(({ body }) => body.type === 'disconnect')
    const status = await use
      .as()
      .post('/api/broadcast', {})
      .then(
        (answer) => answer.status,
        () => 'refused',
      )
    expect([503, 'refused']).toContain(status)
    expect(await use.server.exited()).toBe(0)
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  it('ends at once at a second signal, which one key press that comes twice is not', async () => {
    await beginPublish('{"never":"ends"}', 5)
    const stream = await use.follow(['broadcast'])
    const startedAt = performance.now()
    use.server.kill('SIGTERM')
    use.server.kill('SIGTERM')
    await stream.waitFor(({ body }) => body.type === 'disconnect')
    const again = setInterval(() => use.server.kill('SIGTERM'), 100)
    const code = await use.server.exited()
    clearInterval(again)
    expect(code).toBe(143)
    // Sooner than the request that never ends would be given up.
    expect(performance.now() - startedAt).toBeLessThan(3000)
  })

  it('comes of SIGINT too, and is quick when nobody is there', async () => {
    const { code, tookMs } = await drain('SIGINT')
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(5000)
  })
})
