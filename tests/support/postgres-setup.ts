import type { TestProject } from 'vitest/node'
import { type Postgres, startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL server, for `createDatabase`; null on a machine without one. */
    postgresUrl: string | null
  }
}

interface Shared {
  users: number
  server: Promise<Postgres | null>
}

// Vitest loads this file once for each project, in one process: the server is shared through what they all see.
const KEY = Symbol.for('yayin.tests.postgres')
const place = globalThis as { [KEY]?: Shared | undefined }

/** Starts one PostgreSQL for the whole run, and stops it after the last project. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (place[KEY] ??= { users: 0, server: startPostgres() })
  shared.users += 1
  const server = await shared.server
  project.provide('postgresUrl', server?.url ?? null)
  return async () => {
    shared.users -= 1
    if (shared.users > 0) return
    place[KEY] = undefined
    await server?.stop()
  }
}
