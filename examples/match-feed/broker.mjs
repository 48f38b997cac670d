import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { connectAsync } from 'mqtt'

const START_DEADLINE_MS = 10_000

/**
 * Connects to the MQTT broker at `url`; starts Mosquitto when none runs there and it is on this machine.
 * @param {string} url
 * @returns {Promise<import('mqtt').MqttClient>}
 */
export async function reachBroker(url) {
  const running = await connect(url)
  if (running !== null) return running
  const { hostname, port } = new URL(url)
  if (!['localhost', '127.0.0.1'].includes(hostname)) throw new Error(`No MQTT broker answers at ${url} (MQTT_URL).`)
  const mosquitto = spawn('mosquitto', ['-p', port || '1883'], {
    env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` },
    stdio: 'ignore',
  })
  let failed = false
  mosquitto.on('error', () => (failed = true)).on('exit', () => (failed = true))
  process.on('exit', () => mosquitto.kill())
  const endsAt = Date.now() + START_DEADLINE_MS
  while (!failed && Date.now() < endsAt) {
    const client = await connect(url)
    if (client !== null) return client
    await delay(100)
  }
  throw new Error(`No MQTT broker answers at ${url}, and none could be started. On Debian: apt-get install mosquitto`)
}

/**
 * @param {string} url
 * @returns {Promise<import('mqtt').MqttClient | null>} null when nobody answers
 */
async function connect(url) {
  try {
    return await connectAsync(url, { reconnectPeriod: 1000, connectTimeout: 2000 }, false)
  } catch {
    return null
  }
}
