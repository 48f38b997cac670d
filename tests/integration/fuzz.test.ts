import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chanceFrom, NASTY_REQUESTS, NASTY_VALUES, pick } from '../support/nasty.ts'
import { openRaw } from '../support/raw.ts'
import type { TestServer } from '../support/server.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const FUZZ_MS = 20_000
/** What may be open for a moment longer: kept-alive connections of this test's own, the database's. */
const HANDLES_TO_SPARE = 10
const MEMORY_TO_SPARE_BYTES = 150 * 1024 * 1024

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
}
interface Address {
  method: string
  path: string
  parameters: Parameter[]
  hasBody: boolean
  fields: string[]
}

const use = useServer()

/** Every address of the API with what it takes, as the papers list them. */
async function addresses(server: TestServer): Promise<Address[]> {
  interface Item {
    parameters?: Parameter[]
    requestBody?: { content: Record<string, { schema: { properties?: object; anyOf?: { properties?: object }[] } }> }
  }
  const { body } = await api(server, null).get<{ paths: Record<string, Record<string, Item>> }>('/openapi.json')
  return Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody }]) => {
      const schema = requestBody?.content['application/json']?.schema
      const shapes = [schema, ...(schema?.anyOf ?? [])]
      const fields = shapes.flatMap((shape) => Object.keys(shape?.properties ?? {}))
      return { method, path, parameters, hasBody: requestBody !== undefined, fields }
    }),
  )
}

function textOf(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 2000)
}

interface NastyRequest {
  url: string
  init: Omit<RequestInit, 'headers'> & { headers: Record<string, string> }
}

/** Writes one request to `address` with nasty values in every place that it has. */
function requestTo(address: Address, chance: () => number): NastyRequest {
  const nasty = () => pick(chance, NASTY_VALUES)
  const path = address.path.replace(
    /\{\w+\}/g,
    () => encodeURIComponent(textOf(nasty()).replace(/\p{Surrogate}/gu, '?')) || 'x',
  )
  const query = new URLSearchParams()
  for (const parameter of address.parameters) {
    if (parameter.in === 'query' && chance() < 0.5) query.append(parameter.name, textOf(nasty()))
  }
  const headers: Record<string, string> = {}
  if (chance() < 0.2) headers['idempotency-key'] = 'k'.repeat(Math.floor(chance() * 400))
  const init: NastyRequest['init'] = { method: address.method.toUpperCase(), headers }
  if (address.hasBody) {
    headers['content-type'] = pick(chance, ['application/json', 'application/json', 'application/json', 'text/plain'])
    init.body = bodyFor(address, chance)
  }
  return { url: `${path}?${query.toString()}`, init }
}

function bodyFor({ fields }: Address, chance: () => number): string {
  const nasty = () => pick(chance, NASTY_VALUES)
  const body = Object.fromEntries(fields.filter(() => chance() < 0.7).map((field) => [field, nasty()]))
  const texts = [JSON.stringify(body), JSON.stringify(nasty()), '{"a":', '['.repeat(5000), '{"a":1}{']
  return chance() < 0.7 ? texts[0]! : pick(chance, texts)
}

/** Calls addresses until the time is over; resolves with how often, and the answers that no client should get. */
async function callAtRandom(
  list: readonly Address[],
  seed: number,
  untilMs: number,
): Promise<{ calls: number; faults: string[] }> {
  const chance = chanceFrom(seed)
  const faults: string[] = []
  let calls = 0
  while (Date.now() < untilMs) {
    const address = pick(chance, list)
    const { url, init } = requestTo(address, chance)
    const token = pick(chance, [use.server.apiKey, use.server.apiKey, 'nonsense', null])
    const headers = { ...init.headers, ...(token !== null && { authorization: `Bearer ${token}` }) }
    const cut = new AbortController()
    const response = await fetch(use.server.url + url, { ...init, headers, signal: cut.signal })
    if (response.status >= 500)
      faults.push(`${address.method} ${url.slice(0, 300)}: ${response.status} ${await response.text()}`)
    // A stream would go on; all others are read to their end.
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) cut.abort()
    else await response.arrayBuffer().catch(() => undefined)
    calls++
  }
  return { calls, faults }
}

/** Sends what is no request until the time is over; some clients go away in the middle, some wait for an answer. */
async function sendGarbage(seed: number, untilMs: number): Promise<{ calls: number; faults: string[] }> {
  const chance = chanceFrom(seed)
  const faults: string[] = []
  let calls = 0
  while (Date.now() < untilMs) {
    const text = pick(chance, NASTY_REQUESTS)
      .replaceAll('HOST', `localhost:${use.server.port}`)
      .replaceAll('TOKEN', use.server.apiKey)
    const cutAt = chance() < 0.3 ? Math.floor(chance() * text.length) : text.length
    const connection = openRaw(use.server, Buffer.from(text.slice(0, cutAt), 'latin1'))
    if (chance() < 0.7) await connection.waitFor((got) => got !== '', 'an answer', 60).catch(() => undefined)
    const status = /^HTTP\/1\.1 (\d{3})/.exec(connection.text())?.[1]
    if (Number(status ?? 0) >= 500)
      faults.push(`${JSON.stringify(text.slice(0, 300))}: ${connection.text().slice(0, 300)}`)
    connection.close()
    calls++
  }
  return { calls, faults }
}

/** Publishes one numbered message after the other; resolves with how many were taken. */
async function publishSteadily(untilMs: number): Promise<number> {
  let n = 0
  while (Date.now() < untilMs) {
    await use.publish('control', { n })
    n++
  }
  return n
}

function handlesOf(pid: number): number | null {
  // Where there is no /proc, handles are not counted.
  return process.platform === 'linux' ? readdirSync(`/proc/${pid}/fd`).length : null
}

async function rssBytes(): Promise<number> {
  return (await use.as().get<{ memory: { rssBytes: number } }>('/api/stats')).body.memory.rssBytes
}

it(
  'answers bad input with refusals alone, leaks nothing, and loses nobody’s messages',
  async () => {
    const control = await use.follow(['control'], { token: use.server.apiKey })
    const list = await addresses(use.server)
    const seed = Date.now() % 1_000_000
    // What is loaded and kept once is there before the counting begins.
    await Promise.all([callAtRandom(list, seed + 9, Date.now() + 2000), sendGarbage(seed + 8, Date.now() + 2000)])
    const before = { pid: use.server.pid, handles: handlesOf(use.server.pid), rss: await rssBytes() }

    const untilMs = Date.now() + FUZZ_MS
    const [published, ...rounds] = await Promise.all([
      publishSteadily(untilMs),
      callAtRandom(list, seed, untilMs),
      callAtRandom(list, seed + 1, untilMs),
      sendGarbage(seed + 2, untilMs),
      sendGarbage(seed + 3, untilMs),
    ])
    expect(rounds.flatMap(({ faults }) => faults).slice(0, 5), `seed ${seed}`).toEqual([])
    for (const { calls } of rounds) expect(calls).toBeGreaterThan(100)

    expect(published).toBeGreaterThan(100)
    await control.waitFor((frame) => frame.body.n === published - 1)
    const numbers = control.frames.flatMap(({ body }) => (body.channel === 'control' ? [body.n] : []))
    expect(numbers).toEqual(Array.from({ length: published }, (_, n) => n))

    expect(use.server.pid).toBe(before.pid)
    expect((await use.as().get('/readyz')).status).toBe(200)
    const few = () => {
      const handles = handlesOf(before.pid)
      return handles === null || handles <= before.handles! + HANDLES_TO_SPARE
    }
    await until(few, { what: 'no more handles are open than before', deadlineMs: 15_000 })
    expect(await rssBytes()).toBeLessThan(before.rss + MEMORY_TO_SPARE_BYTES)
  },
  FUZZ_MS + 60_000,
)
