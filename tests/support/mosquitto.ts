import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { findMosquitto } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { guard } from './guard.ts'
import { until } from './until.ts'

/** Where Mosquitto lies on this machine; null without one, and tests that need it are skipped. */
export const mosquittoPath = findMosquitto()

/** An MQTT broker of a test's own, which keeps sessions over restarts. Stop it when done. */
export interface Mosquitto {
  /** `mqtt://…`, for `MQTT_URL`. */
  readonly url: string
  readonly port: number
  /** All that it has said. */
  logs(): string
  /** Ends it and, unless told to wait, starts it again with what it has kept. */
  restart(options?: { signal?: NodeJS.Signals }): Promise<void>
  /** Ends it; `start` brings it back. */
  pause(signal?: NodeJS.Signals): Promise<void>
  start(): Promise<void>
  /** Connects to it; the client is ended with the broker. */
  connect(options?: IClientOptions): Promise<MqttClient>
  stop(): Promise<void>
}

/** Starts Mosquitto; `lines` go into its configuration. Resolves once it listens. */
export async function startMosquitto(lines: readonly string[] = ['allow_anonymous true']): Promise<Mosquitto> {
  if (mosquittoPath === null) throw new Error('no Mosquitto on this machine')
  const dir = await mkdtemp(join(tmpdir(), 'yayin-mosquitto-'))
  const port = await freePort()
  const config = [
    `listener ${port} 127.0.0.1`,
    ...lines,
    'persistence true',
    `persistence_location ${dir}/`,
    // Debian's service has a user of its own, who could not write here.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
    'max_queued_messages 0',
    'log_dest stderr',
    'log_type all',
  ]
  await writeFile(join(dir, 'mosquitto.conf'), `${config.join('\n')}\n`)
  const clients: MqttClient[] = []
  let child: ChildProcess | null = null
  let release = () => {}
  let log = ''

  async function start(): Promise<void> {
    const fresh = spawn(mosquittoPath!, ['-c', join(dir, 'mosquitto.conf')], { stdio: ['ignore', 'ignore', 'pipe'] })
    if (fresh.pid === undefined) throw new Error('Mosquitto did not start')
    child = fresh
    release = guard(fresh.pid, '')
    let said = ''
    fresh.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      log += text
    })
    const isReady = () => {
      if (fresh.exitCode !== null) throw new Error(`Mosquitto ended:\n${said}`)
      return / running\b/.test(said)
    }
    await until(isReady, { deadlineMs: 15_000, what: 'Mosquitto runs' })
  }

  async function pause(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (child === null) return
    const exited = once(child, 'close')
    child.kill(signal)
    await exited
    child = null
    release()
  }

  await start()
  return {
    url: `mqtt://127.0.0.1:${port}`,
    port,
    logs: () => log,
    start,
    pause,
    async restart({ signal = 'SIGTERM' } = {}) {
      await pause(signal)
      await start()
    },
    async connect(options = {}) {
      const client = await connectAsync(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 100, ...options })
      clients.push(client)
      return client
    },
    async stop() {
      await Promise.all(clients.map((client) => client.endAsync(true)))
      await pause('SIGKILL')
      await rm(dir, { recursive: true, force: true })
    },
  }
}
