import { createMatch, playMinute } from './match.mjs'

const SLOTS = 6
/** How long a result stays, in the match's minutes, before the next two teams come. */
const BREAK_MINUTES = 12

/**
 * Plays matches without end and publishes what happens to `matches/<id>/events`.
 * @param {import('mqtt').MqttClient} broker
 * @param {{ minuteMs: number, random?: () => number }} options `minuteMs`: how long a minute of a match takes
 */
export function simulate(broker, { minuteMs, random = Math.random }) {
  // Ids of another run must not meet these: their channels have a past.
  const run = Date.now().toString(36)
  let count = 0
  const rounds = Array.from({ length: SLOTS }, () => 0)
  const matches = rounds.map((_, slot) => next(slot))
  /** Minutes until each slot plays on; the first matches begin one after the other. */
  const waits = rounds.map((_, slot) => slot)

  /** @param {number} slot */
  function next(slot) {
    const round = (rounds[slot] = (rounds[slot] ?? 0) + 1)
    return createMatch(`${run}-${++count}`, slot, round)
  }

  const timer = setInterval(() => {
    for (const [slot, current] of matches.entries()) {
      const wait = waits[slot] ?? 0
      if (wait > 0) {
        waits[slot] = wait - 1
        continue
      }
      if (current.state === 'over') matches[slot] = next(slot)
      const match = /** @type {import('./match.mjs').Match} */ (matches[slot])
      for (const event of playMinute(match, random)) {
        broker.publish(`matches/${match.id}/events`, JSON.stringify(event), { qos: 1 })
      }
      if (match.state === 'over') waits[slot] = BREAK_MINUTES
    }
  }, minuteMs)

  return {
    /** The matches as they stand, as their last event would tell them. */
    matches: () => matches.filter(({ serial }) => serial > 0).map(({ id, ...match }) => ({ ...match, matchId: id })),
    stop: () => clearInterval(timer),
  }
}
