import { inject } from 'vitest'
import { createDatabase } from './postgres.ts'
import { startServer, type TestServer } from './server.ts'

/** Databases that a server runs over; for `describe.each`. */
export const DATABASES = ['the embedded database', 'PostgreSQL'] as const
export type DatabaseKind = (typeof DATABASES)[number]

/** Tells whether this machine lacks the database. */
export function isMissing(kind: DatabaseKind): boolean {
  return kind === 'PostgreSQL' && inject('postgresUrl') === null
}

/** Starts a server over an empty database of its own. */
export async function startServerOver(kind: DatabaseKind): Promise<TestServer> {
  if (kind !== 'PostgreSQL') return startServer()
  return startServer({ databaseUrl: await createDatabase(inject('postgresUrl')!), env: { BROKER: 'local' } })
}
