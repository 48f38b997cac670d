import type { DemoOptions } from '../demo-options.mjs'
import { createCrowd } from './crowd.ts'
import { createHubApi } from './hub-api.ts'
import { startHub, type HubProcess } from './hub-process.ts'
import { createLife } from './life.ts'
import { holdMeetings } from './meetings.ts'
import { startMishaps } from './mishaps.ts'
import { createRandom } from './random.ts'
import { startReceivers } from './receivers.ts'
import { hireStaff, type WorldKeys } from './staff.ts'
import { startTraffic } from './traffic.ts'
import { createChat } from './worlds/chat.ts'
import { createMatch } from './worlds/match.ts'
import { createShop } from './worlds/shop.ts'

/** Starts the server and its load, and keeps both up until Ctrl-C; resolves with the exit code. */
export async function runDemo(options: DemoOptions): Promise<number> {
  // Who watched the output may be gone before the demo is.
  process.stdout.on('error', () => {})
  const end = new AbortController()
  const stop = () => end.abort()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const hub = await startHub(options).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`)
    return null
  })
  if (hub === null) return 1

  const crowd = populate(hub, options, end.signal)
  introduce(hub, options)
  const asked = new Promise<'asked'>((resolve) => {
    if (end.signal.aborted) resolve('asked')
    end.signal.addEventListener('abort', () => resolve('asked'))
  })
  const outcome = await Promise.race([asked, hub.ended])
  end.abort()
  crowd.disperse()
  if (outcome !== 'asked') {
    process.stderr.write(`The server ended by itself:\n${outcome}\n`)
    return 1
  }
  process.stdout.write('\nThe demo ends.\n')
  await hub.stop()
  return 0
}

function populate(
  { url, apiKey, adminEmail, adminPassword }: HubProcess,
  { connections, rate, seed }: DemoOptions,
  signal: AbortSignal,
) {
  const life = createLife(signal)
  const api = createHubApi(url, apiKey, signal)
  // Each part draws from a source of its own, so that none changes what the others bring.
  const draw = (part: number) => createRandom(seed * 101 + part)
  const worlds = [createShop(), createMatch(), createChat()]
  const crowd = createCrowd(connections, worlds, api, life, draw(1))
  const keys: WorldKeys = new Map()
  startTraffic(rate, worlds, crowd, api, keys, life, draw(2))
  startMishaps(api, life, draw(3))
  const admin = { email: adminEmail, password: adminPassword }
  life.once(() => hireStaff(api, admin, keys, life, draw(4)))
  life.once(() => startReceivers(api, life, draw(6)).then(() => holdMeetings(api, life, draw(5))))
  return crowd
}

function introduce({ url, adminEmail, adminPassword }: HubProcess, { connections, rate, data }: DemoOptions): void {
  const kept = data === null ? 'Nothing is kept.' : `Everything is kept in ${data}.`
  process.stdout.write(
    [
      `The demo is ready at ${url}`,
      `  Sign in as ${adminEmail} with ${adminPassword}`,
      `  About ${connections} connections and ${rate} messages a second. ${kept}`,
      '  Ctrl-C ends it.',
      '',
    ].join('\n'),
  )
}
