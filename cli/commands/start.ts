import type { Command } from 'commander'
import { environment, setEnvironment } from '../environment.ts'

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
      setEnvironment({ HOST: host, PORT: port, DATA_DIR: dataDir, DATABASE_URL: databaseUrl })
      if (!environment['NODE_ENV']) setEnvironment({ NODE_ENV: 'production' })
      await import('../../server/index.ts')
    })
}
