import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DemoOptions } from '../demo-options.mjs'

/** The built server, running for the demo. */
export interface HubProcess {
  url: string
  apiKey: string
  adminEmail: string
  adminPassword: string
  /** Settles when it has ended, by itself or by `stop`, with what it printed last. */
  ended: Promise<string>
  /** Lets it finish, and takes its data away unless they were to be kept. */
  stop(): Promise<void>
}

const ENTRY = fileURLToPath(new URL('../../dist/server/index.js', import.meta.url))
const ADMIN_EMAIL = 'admin@demo.example'
const SHOWN_LINES = 20

/** Starts the server; rejects with its own words when it does not get ready. */
export async function startHub({ port, data }: DemoOptions): Promise<HubProcess> {
  const folder = data ?? (await mkdtemp(join(tmpdir(), 'yayin-demo-')))
  const apiKey = `yk_demo_${randomBytes(18).toString('base64url')}`
  const adminPassword = randomBytes(9).toString('base64url')
  const child = spawn(process.execPath, [ENTRY], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      DATA_DIR: folder,
      API_KEY: apiKey,
      ADMIN_EMAIL,
      ADMIN_PASSWORD: adminPassword,
      // The crowd comes from this machine, and says from where it would have come.
      TRUST_PROXY: 'loopback',
      // So do those who are told of what happens.
      WEBHOOK_PRIVATE_ADDRESSES: '127.0.0.1',
      LOG_LEVEL: 'warn',
    },
    // Ctrl-C is for the demo, which lets its people go first.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)

  let printed = ''
  let tellReady: (url: string) => void
  const ready = new Promise<string>((resolve) => (tellReady = resolve))
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed = (printed + text).split('\n').slice(-SHOWN_LINES).join('\n')
      const url = /\bready\b.*?(https?:\/\/[^\s"'/]+)/i.exec(printed)?.[1]
      if (url !== undefined) tellReady(url)
    })
  }
  const ended = once(child, 'close').then(async () => {
    process.off('exit', kill)
    if (data === null) await rm(folder, { recursive: true, force: true })
    return printed
  })
  const url = await Promise.race([ready, ended.then(() => null)])
  if (url === null) throw new Error(`The server did not start:\n${printed}`)
  return {
    url,
    apiKey,
    adminEmail: ADMIN_EMAIL,
    adminPassword,
    ended,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
