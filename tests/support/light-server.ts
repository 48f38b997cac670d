import { inject } from 'vitest'
import { createDatabase } from './postgres.ts'
import { type ServerOptions, startServer, type TestServer } from './server.ts'

/**
 * Starts a server for a test that does not care about its database: over the run's PostgreSQL, where there is one, since
 * the embedded database takes a second of processor time to start.
 */
export async function startLightServer(options: Pick<ServerOptions, 'env' | 'hasPassword'> = {}): Promise<TestServer> {
  const postgresUrl = inject('postgresUrl')
  if (!postgresUrl) return startServer(options)
  return startServer({ ...options, databaseUrl: await createDatabase(postgresUrl) })
}
