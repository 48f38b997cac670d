import { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, inject, it } from 'vitest'
import { createDatabase } from '../support/postgres.ts'
import { startServer } from '../support/server.ts'
import { publish, seeded, startPublisher, startReader } from './support.ts'

const READERS = 20
const PUBLISHERS = 16
const CHANNEL = 'public/chaos'
const RUN_MS = Number(process.env.CHAOS_SECONDS || 6) * 1000
const SEED = Number(process.env.CHAOS_SEED || Math.floor(Math.random() * 1e9))

const offsetOf = (id: string) => Number(id.split('.')[1])
const postgresUrl = inject('postgresUrl')
const databases = [
  { name: 'the embedded database', url: () => Promise.resolve(undefined), skip: false },
  { name: 'PostgreSQL', url: () => createDatabase(postgresUrl!), skip: postgresUrl === null },
]

describe.each(databases)('the log over $name', ({ url, skip }) => {
  it.skipIf(skip)(
    `reaches every reader exactly once and in order when the server is killed in the middle (CHAOS_SEED=${SEED})`,
    async () => {
      const databaseUrl = await url()
      const server = await startServer({
        env: { BROKER: 'local', LOG_LEVEL: 'error' },
        ...(databaseUrl !== undefined && { databaseUrl }),
      })
      const random = seeded(SEED)
      const answered: string[] = []
      const readers = Array.from({ length: READERS }, () => startReader(server, CHANNEL, random))
      const publishers = Array.from({ length: PUBLISHERS }, (_, i) =>
        startPublisher(server, CHANNEL, `p${i}`, answered),
      )

      let kills = 0
      const endsAt = performance.now() + RUN_MS
      while (performance.now() < endsAt) {
        await delay(500 + random() * (RUN_MS / 3))
        await server.restart({ signal: 'SIGKILL' })
        kills++
      }
      await delay(500)
      await Promise.all(publishers.map((publisher) => publisher.stop()))
      const last = await publish(server, new Agent(), { channel: CHANNEL, type: 'last' })
      expect(last).not.toBeNull()
      await Promise.all(readers.map((reader) => reader.finish(last!, 30_000)))
      await server.stop()

      expect(kills).toBeGreaterThan(0)
      expect(answered.length).toBeGreaterThan(PUBLISHERS)
      const connections = readers.reduce((sum, reader) => sum + reader.connections(), 0)
      expect(connections).toBeGreaterThan(READERS * 3)
      for (const { ids, gaps } of readers) {
        expect(gaps).toEqual([])
        expect(ids.every((id, i) => i === 0 || offsetOf(id) > offsetOf(ids[i - 1]!))).toBe(true)
        // Readers begin a moment after the first publishers; from its first message on, each must have all.
        const first = offsetOf(ids[0]!)
        const got = new Set(ids)
        expect(answered.filter((id) => offsetOf(id) >= first && !got.has(id))).toEqual([])
      }
      const longest = readers.map(({ ids }) => ids).sort((a, b) => b.length - a.length)[0]!
      for (const { ids } of readers) expect(ids).toEqual(longest.slice(-ids.length))
    },
  )
})
