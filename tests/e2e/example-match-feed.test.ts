import type { MqttClient } from 'mqtt'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../../scripts/test-parts.mjs'
import { type Example, startExample } from '../support/example.ts'
import { type Mosquitto, mosquittoPath, startMosquitto } from '../support/mosquitto.ts'
import { until } from '../support/until.ts'
import { useStage } from './support.ts'

const DEADLINE = { timeout: 20_000 }

describe.skipIf(findChromium() === null || mosquittoPath === null)('the example of a match feed', () => {
  let mosquitto: Mosquitto
  let example: Example
  let broker: MqttClient
  const stage = useStage({
    env: async () => {
      mosquitto = await startMosquitto()
      return { MQTT_URL: mosquitto.url, MQTT_TOPICS: 'matches/#' }
    },
  })

  beforeAll(async () => {
    const { url, apiKey } = stage.server
    const env = { YAYIN_URL: url, YAYIN_KEY: apiKey, MQTT_URL: mosquitto.url, MATCH_MINUTE_MS: '25' }
    const isIn = async () => /"mqtt":\s*"ok"/.test(await (await fetch(`${url}/readyz`)).text())
    await until(isIn, { deadlineMs: 20_000, what: 'the hub follows the broker' })
    ;[example, broker] = await Promise.all([startExample('match-feed', env), mosquitto.connect()])
  })
  afterAll(async () => {
    await example?.stop()
    await mosquitto?.stop()
  })

  const card = (page: Page, home: string) => page.locator('#matches li', { hasText: home })
  const line = (page: Page, text: string) => page.locator('#feed li', { hasText: text })
  const isLive = (page: Page) => page.locator('#state[data-status="live"]').waitFor(DEADLINE)
  let serial = 0
  const tell = (fields: object) =>
    broker.publishAsync(
      'matches/own/events',
      JSON.stringify({
        ...{ matchId: 'own', slot: 9, home: 'Testers', away: 'Bugs', score: [0, 0], minute: 1, state: 'live' },
        ...{ serial: ++serial, startedAt: Date.now(), ...fields },
      }),
      { qos: 1 },
    )

  it('shows what the simulator plays, and what somebody publishes, over either way, each once', async () => {
    const page = await stage.newPage()
    await page.goto(example.url)
    await isLive(page)
    await page.locator('#feed li').first().waitFor(DEADLINE)
    await page.locator('#matches li.over').first().waitFor(DEADLINE)
    expect(await page.locator('#matches li').count()).toBeGreaterThanOrEqual(6)

    await tell({ type: 'kick_off' })
    await tell({ type: 'goal', score: [1, 0], minute: 12, team: 'home', player: 'Ada <b>' })
    await card(page, 'Testers').getByText('Goal for Testers: Ada <b>').waitFor(DEADLINE)
    await card(page, 'Testers').getByRole('button').click()
    await page.getByRole('heading', { name: 'The match so far' }).waitFor()
    await line(page, 'Kick-off').waitFor(DEADLINE)

    await page.getByRole('radio', { name: 'EventSource' }).check()
    await tell({ type: 'card', color: 'red', minute: 30, team: 'away', player: 'Bob' })
    await isLive(page)
    await tell({ type: 'substitution', minute: 60, team: 'away', player: 'Cem', playerOut: 'Deniz' })
    await line(page, 'Bugs: Cem for Deniz').waitFor(DEADLINE)
    await card(page, 'Testers').getByText('1 red card').waitFor(DEADLINE)
    await broker.publishAsync('matches/own/events', 'no JSON at all', { qos: 1 })

    await page.getByRole('radio', { name: 'WebSocket' }).check()
    await tell({ type: 'final_whistle', score: [1, 0], minute: 90, state: 'over' })
    await line(page, 'Full time, 1 : 0').waitFor(DEADLINE)
    await card(page, 'Testers').getByText('Full time', { exact: true }).waitFor(DEADLINE)
    expect(await page.locator('#feed li').allTextContents()).toHaveLength(5)
    await page.getByRole('button', { name: 'All matches' }).click()
    await page.getByRole('heading', { name: 'As it happens' }).waitFor()
    const ids = await page.locator('#feed li').evaluateAll((lines) => lines.map((one) => one.dataset.id))
    expect(new Set(ids).size).toBe(ids.length)
  })
})
