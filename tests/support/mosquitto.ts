import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectAsync, type IClientOptions, type MqttClient } from 'mqtt'
import { findMosquitto } from '../../scripts/test-parts.mjs'
import { freePort } from './free-port.ts'
import { makeProgramDir, type Program, startProgram } from './program.ts'

/** Where Mosquitto lies on this machine; null without one, and tests that need it are skipped. */
export const mosquittoPath = findMosquitto()

/** An MQTT broker of a test's own, which keeps sessions over restarts. Stop it when done. */
export interface Mosquitto extends Program {
  /** `mqtt://…`, for `MQTT_URL`. */
  readonly url: string
  readonly port: number
  /** Connects to it; the client is ended with the broker. */
  connect(options?: IClientOptions): Promise<MqttClient>
}

/** Starts Mosquitto; `lines` go into its configuration. Resolves once it listens. */
export async function startMosquitto(lines: readonly string[] = ['allow_anonymous true']): Promise<Mosquitto> {
  if (mosquittoPath === null) throw new Error('no Mosquitto on this machine')
  const dir = await makeProgramDir('mosquitto')
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
  const file = join(dir, 'mosquitto.conf')
  await writeFile(file, `${config.join('\n')}\n`)
  // It writes down what it has kept when it is told to end.
  const signals = { end: 'SIGTERM' } as const
  const launch = { name: 'Mosquitto', path: mosquittoPath, args: ['-c', file], dir, ready: / running\b/, signals }
  const program = await startProgram(launch)
  const clients: MqttClient[] = []
  const url = `mqtt://127.0.0.1:${port}`
  return {
    ...program,
    url,
    port,
    async connect(options = {}) {
      const client = await connectAsync(url, { reconnectPeriod: 100, ...options })
      clients.push(client)
      return client
    },
    async stop() {
      await Promise.all(clients.map((client) => client.endAsync(true)))
      await program.stop()
    },
  }
}
