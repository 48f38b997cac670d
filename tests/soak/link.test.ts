import { readdir } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startPublisher } from '../support/oracle-publisher.ts'
import { startSubscriber, type Subscriber } from '../support/oracle-subscriber.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

/** LINK_SECONDS makes it longer, or shorter. */
const SECONDS = Number(process.env.LINK_SECONDS) || 60
/** Time in which the server shows what it takes up under the same load. */
const WARM_UP_SECONDS = 20
const CHANNEL = 'public/link'
const READERS = 12
const STALLED = 200
const FILLER = 'x'.repeat(10_000)
const ASK = `GET /api/events?channel=${CHANNEL} HTTP/1.1\r\nHost: localhost\r\n\r\n`
/** Connections opened at one time, how often, and how many of those groups stay open together. */
const [GROUP, GROUP_EVERY_MS, GROUPS_OPEN] = [40, 40, 5]
/** What a process may keep for itself, under the same load as before, of descriptors and of memory. */
const [SPARE_DESCRIPTORS, SPARE_BYTES] = [20, 160 * 1024 * 1024]

const use = useServer()

type Guest = (socket: Socket, n: number) => void

/** What comes to a server that the whole world reaches; each sends something of its own, or nothing. */
const GUESTS: Record<string, Guest> = {
  'says nothing': () => undefined,
  'asks and reads': (socket) => socket.resume().write(ASK),
  'asks and never reads': (socket) => socket.write(ASK),
  'asks for several streams at once': (socket) => socket.write(ASK.repeat(5)),
  'asks and ends its side': (socket) => socket.end(ASK),
  'asks and resets': (socket) => socket.write(ASK, () => socket.resetAndDestroy()),
  'asks with a token that nobody made': (socket) => socket.write(ASK.replace('?', '?token=x&')),
  'asks in two pieces': (socket, n) => socket.write(ASK.slice(0, (n % (ASK.length - 1)) + 1)),
  'asks and goes on sending': (socket) => socket.resume().write(ASK + 'x'.repeat(50_000)),
  'speaks something else': (socket) => socket.write('\x16\x03\x01\x00\xC8\x01\x00'),
  'resets at once': (socket) => socket.resetAndDestroy(),
}

function visit(guest: Guest, n: number): Socket {
  const socket: Socket = connect({ port: use.server.port, host: '127.0.0.1', allowHalfOpen: true }, () =>
    guest(socket, n),
  )
  // A server that cuts them is what some of them ask for.
  return socket.on('error', () => undefined)
}

/** Lets guests come and go for a while; each group goes as a whole, some of it long before the others. */
async function receive(seconds: number, meanwhile: () => void): Promise<void> {
  const guests = Object.values(GUESTS)
  const groups: Socket[][] = []
  const endsAt = performance.now() + seconds * 1000
  for (let n = 0; performance.now() < endsAt; meanwhile()) {
    groups.push(Array.from({ length: GROUP }, () => visit(guests[n % guests.length]!, n++)))
    if (groups.length > GROUPS_OPEN) for (const socket of groups.shift()!) socket.destroy()
    groups.at(-1)![n % GROUP]!.destroy()
    await delay(GROUP_EVERY_MS)
  }
  for (const socket of groups.flat()) socket.destroy()
}

const connections = async () => (await use.as().get('/api/connections')).body.total as number
const descriptors = async () => (await readdir(`/proc/${use.server.pid}/fd`)).length
const residentBytes = async () =>
  ((await use.as().get('/api/stats')).body as { memory: { rssBytes: number } }).memory.rssBytes

/** Waits until those who came are gone for the server too; returns what it holds then. */
async function rest(readers: number): Promise<{ descriptors: number; residentBytes: number }> {
  const isQuiet = async () => (await connections()) === readers
  await until(isQuiet, { deadlineMs: 20_000, everyMs: 100, what: 'nobody is listed who is gone' })
  return { descriptors: await descriptors(), residentBytes: await residentBytes() }
}

/** Receives guests while others stall, who never read what is published, until the server gives them up. */
async function load(seconds: number, meanwhile: () => void): Promise<void> {
  const stalled = Array.from({ length: STALLED }, () => visit(GUESTS['asks and never reads']!, 0))
  const fillers: Promise<unknown>[] = []
  await receive(seconds, () => {
    meanwhile()
    fillers.push(use.publish(CHANNEL, { filler: FILLER }))
  })
  for (const socket of stalled) socket.destroy()
  await Promise.all(fillers)
}

function startReaders(): Subscriber[] {
  const options = { urls: [use.server.url], channel: CHANNEL, token: null, silenceMs: 60_000 }
  return Array.from({ length: READERS }, (_, i) => startSubscriber({ ...options, name: `reader ${i}` }))
}

it(`keeps nothing of those who come, stall and go for ${SECONDS} s, and readers that are cut miss nothing`, async () => {
  const readers = startReaders()
  await Promise.all(readers.map((reader) => reader.connected()))
  const published: number[] = []
  const publisher = startPublisher({
    name: 'publisher',
    urls: [use.server.url],
    channel: CHANNEL,
    apiKey: use.server.apiKey,
    answerLimitMs: 20_000,
    pauseMs: 10,
    isExcused: () => false,
    onAttempt: ({ n, outcome }) => void (outcome.kind === 'answered' && outcome.status === 200 && published.push(n)),
  })
  let turn = 0
  const cutOne = () => {
    if (turn++ % 5 === 0) readers[turn % READERS]!.cut()
  }
  await load(WARM_UP_SECONDS, cutOne)
  const before = await rest(READERS)
  await load(SECONDS, cutOne)
  await publisher.stop()
  const after = await rest(READERS)
  expect(after.descriptors).toBeLessThan(before.descriptors + SPARE_DESCRIPTORS)
  expect(after.residentBytes).toBeLessThan(before.residentBytes + SPARE_BYTES)

  expect(published).toEqual(published.map((_, i) => i))
  for (const { name, arrivals, gaps, connections: times } of readers) {
    const last = () => arrivals.at(-1)?.n === published.at(-1)
    await until(last, { deadlineMs: 20_000, what: `${name} has the last message` })
    expect(arrivals.map(({ n }) => n)).toEqual(published)
    expect(gaps).toEqual([])
    expect(times).toBeGreaterThan(1)
  }
  await Promise.all(readers.map((reader) => reader.stop()))
  await rest(0)
})
