import { fileURLToPath } from 'node:url'
import { runSite } from '../kit/site.mjs'
import { reachBroker } from './broker.mjs'
import { simulate } from './simulator.mjs'

const MINUTE_MS = Number(process.env.MATCH_MINUTE_MS ?? 1000)
const TOKEN_SECONDS = 3600

const brokerUrl = process.env.MQTT_URL ?? 'mqtt://localhost:1883'
const broker = await reachBroker(brokerUrl)
// A hub that is started here takes the matches in by itself.
process.env.MQTT_URL = brokerUrl
process.env.MQTT_TOPICS ??= 'matches/#'

await runSite({
  folder: fileURLToPath(new URL('.', import.meta.url)),
  port: 4004,
  async routes(app, hub) {
    const { mqtt } = await hub.call('GET', '/api/stats')
    if (mqtt === null) throw new Error(`The hub takes nothing in by MQTT; start it with MQTT_URL=${brokerUrl}`)
    const simulator = simulate(broker, { minuteMs: MINUTE_MS })

    app.get('/matches', (_req, res) => void res.json({ minuteMs: MINUTE_MS, matches: simulator.matches() }))

    // Whoever opens the page may read all matches, and nothing else.
    app.post('/token', async (_req, res) => {
      const claims = { sub: 'spectator', subscribe: ['matches/**'], expiresIn: TOKEN_SECONDS }
      res.json({ token: (await hub.call('POST', '/api/auth/tokens', claims)).token })
    })
  },
})
