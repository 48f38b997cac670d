import type { Command } from 'commander'
import { environment, setEnvironment } from '../environment.ts'
import { usageFailure } from '../failure.ts'

interface StartOptions {
  host?: string
  port?: string
  dataDir?: string
  databaseUrl?: string
}

/** Adds `yayin start`: the server, in this very process, so that signals reach it and its exit code is ours. */
export function addStart(program: Command): void {
  program
    .command('start')
    .summary('start a hub')
    .description('Starts a hub as the environment says, until Ctrl-C; options go before environment variables.')
    .option('--host <address>', 'address to listen on (HOST)')
    .option('--port <port>', 'port to listen on, 0 for any free one (PORT)')
    .option('--data-dir <folder>', 'folder of the embedded database and of secrets (DATA_DIR)')
    .option('--database-url <url>', 'PostgreSQL to keep everything in (DATABASE_URL)')
    .action(async ({ host, port, dataDir, databaseUrl }: StartOptions) => {
      const given = { '--host': host, '--port': port, '--data-dir': dataDir, '--database-url': databaseUrl }
      const empty = Object.entries(given).find(([, value]) => value?.trim() === '')
      if (empty) throw usageFailure(`${empty[0]} is empty; give it a value, or leave it away`)
      setEnvironment({ HOST: host, PORT: port, DATA_DIR: dataDir, DATABASE_URL: databaseUrl })
      if (!environment['NODE_ENV']) setEnvironment({ NODE_ENV: 'production' })
      await import('../../server/index.ts')
    })
}
