import type { Yayin } from './compose.ts'
import type { Config } from './config.ts'

/** How long the start waits for its database, and its broker, before it goes on without, in milliseconds. */
const PATIENCE_MS = 3000

/** Resolves when everything runs, or when a part elsewhere lets it wait too long; rejects when it can't start. */
export async function untilStarted({ started }: Pick<Yayin, 'started'>, config: Config): Promise<void> {
  if (config.databaseUrl === null && config.broker === 'local') return started
  await Promise.race([started, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS).unref())])
}
