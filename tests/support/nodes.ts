import { randomBytes } from 'node:crypto'
import { startServer, type TestServer } from './server.ts'

interface Options {
  databaseUrl: string
  env?: Record<string, string>
}

/** Several nodes over one database, with one API key. */
export interface Nodes {
  readonly nodes: readonly TestServer[]
  readonly urls: readonly string[]
  readonly apiKey: string
  readonly databaseUrl: string
  stop(): Promise<void>
}

/** Starts `count` nodes over one database; `env` is added to what they are told. */
export async function startNodes(count: number, { databaseUrl, env = {} }: Options): Promise<Nodes> {
  const apiKey = `yk_test_${randomBytes(12).toString('hex')}`
  const shared = { API_KEY: apiKey, JWT_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'warn', ...env }
  const started = await Promise.allSettled(
    Array.from({ length: count }, () => startServer({ databaseUrl, env: shared })),
  )
  const nodes = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const stop = async () => {
    // A node that was frozen could not stop by itself.
    for (const node of nodes) node.kill('SIGCONT')
    await Promise.all(nodes.map((node) => node.stop()))
  }
  const failed = started.find((one) => one.status === 'rejected')
  if (failed !== undefined) {
    await stop()
    throw failed.reason
  }
  return { nodes, urls: nodes.map(({ url }) => url), apiKey, databaseUrl, stop }
}
