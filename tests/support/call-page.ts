import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/** The page in call-page/, built and served on an origin of its own. */
export interface CallPageServer {
  readonly origin: string
  close(): Promise<void>
}

const ROOT = fileURLToPath(new URL('call-page', import.meta.url))
const TYPES: Record<string, string> = { html: 'text/html', js: 'text/javascript' }

/** Builds the page as an application's bundler would, and serves it on an address of this machine. */
export async function serveCallPage(host = '127.0.0.1'): Promise<CallPageServer> {
  const outDir = await mkdtemp(join(tmpdir(), 'yayin-call-page-'))
  await build({ configFile: false, root: ROOT, logLevel: 'warn', build: { outDir, emptyOutDir: true } })
  const server = createServer((request, response) => {
    const path = request.url === '/' ? 'index.html' : (request.url ?? '').slice(1)
    readFile(join(outDir, path)).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[path.split('.').at(-1)!] }).end(bytes),
      () => response.writeHead(404).end(),
    )
  }).listen(0, host)
  await once(server, 'listening')
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await rm(outDir, { recursive: true, force: true })
    },
  }
}
