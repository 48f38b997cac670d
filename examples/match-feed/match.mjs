/*
 * One match, minute by minute. What happens is left to chance; what is said about it is whole in each event, so that a
 * page that has seen one event knows the score.
 */

const TEAMS = [
  ...['Harbour Rovers', 'Kestrel Park', 'Northgate', 'Old Mill United', 'Saltmarsh', 'Ferry Lane'],
  ...['Copperhill', 'Lindenau', 'Granite City', 'Bosporus Star', 'Valley Athletic', 'Westbrook'],
]
const PLAYERS = [
  ...['Aksoy', 'Bright', 'Costa', 'Demir', 'Eriksen', 'Farah', 'Gallo', 'Hughes', 'Ito', 'Jansen', 'Kaya', 'Lund'],
  ...['Moreau', 'Novak', 'Okafor', 'Pereira', 'Quinn', 'Reyes', 'Silva', 'Toure', 'Ulusoy', 'Vega', 'Walker', 'Young'],
]
export const MATCH_MINUTES = 90
const MOST_SUBSTITUTIONS = 5

/**
 * @typedef {object} Match
 * @property {string} id
 * @property {number} slot its place on the page
 * @property {string} home
 * @property {string} away
 * @property {[number, number]} score
 * @property {number} minute
 * @property {'live' | 'over'} state
 * @property {number} serial grows with each event
 * @property {[number, number]} substitutions
 * @property {number} startedAt epoch milliseconds
 */

/**
 * What is published to `matches/<id>/events`.
 * @typedef {Omit<Match, 'id' | 'substitutions'> & {
 *   type: 'kick_off' | 'goal' | 'card' | 'substitution' | 'final_whistle', matchId: string, team?: 'home' | 'away',
 *   player?: string, color?: 'yellow' | 'red', playerOut?: string }} MatchEvent
 */

/**
 * @param {string} id
 * @param {number} slot
 * @param {number} round
 * @returns {Match}
 */
export function createMatch(id, slot, round) {
  const [home, away] = [TEAMS[(2 * slot + round) % TEAMS.length], TEAMS[(2 * slot + 1 + 3 * round) % TEAMS.length]]
  const visitor = away === home ? TEAMS[(2 * slot + 2 + round) % TEAMS.length] : away
  return {
    ...{ id, slot, home: String(home), away: String(visitor), score: [0, 0], minute: 0, state: 'live', serial: 0 },
    ...{ substitutions: [0, 0], startedAt: Date.now() },
  }
}

/**
 * Plays one minute; returns what is worth telling of it.
 * @param {Match} match
 * @param {() => number} random
 * @returns {MatchEvent[]}
 */
export function playMinute(match, random) {
  const events = match.serial === 0 ? [tell(match, { type: 'kick_off' })] : []
  match.minute++
  if (match.minute > MATCH_MINUTES) {
    match.minute = MATCH_MINUTES
    match.state = 'over'
    return [...events, tell(match, { type: 'final_whistle' })]
  }
  const side = random() < 0.54 ? 0 : 1
  const who = { team: /** @type {const} */ (['home', 'away'])[side], player: pick(random) }
  const luck = random()
  if (luck < 0.031) {
    match.score[side]++
    events.push(tell(match, { type: 'goal', ...who }))
  } else if (luck < 0.07) {
    events.push(tell(match, { type: 'card', ...who, color: random() < 0.08 ? 'red' : 'yellow' }))
  } else if (luck < 0.17 && match.minute > 45 && match.substitutions[side] < MOST_SUBSTITUTIONS) {
    match.substitutions[side]++
    const others = PLAYERS.filter((name) => name !== who.player)
    events.push(
      tell(match, { type: 'substitution', ...who, playerOut: String(others[Math.floor(random() * others.length)]) }),
    )
  }
  return events
}

/** @param {() => number} random */
function pick(random) {
  return String(PLAYERS[Math.floor(random() * PLAYERS.length)])
}

/**
 * @param {Match} match
 * @param {Pick<MatchEvent, 'type'> & Partial<MatchEvent>} what
 * @returns {MatchEvent}
 */
function tell(match, what) {
  match.serial++
  const { id, slot, home, away, score, minute, state, serial, startedAt } = match
  return { matchId: id, slot, home, away, score: [...score], minute, state, serial, startedAt, ...what }
}
