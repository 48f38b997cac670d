/** @typedef {import('../match.mjs').MatchEvent & { id: string }} MatchMessage */

/** @type {Record<string, string>} */
const SIGNS = { kick_off: '▶', goal: '⚽', card: '▮', substitution: '⇄', final_whistle: '■' }

/** @param {MatchMessage} event */
export function signOf({ type }) {
  return SIGNS[type] ?? '•'
}

/**
 * Says what happened, in one line.
 * @param {MatchMessage} event
 */
export function describe({ type, team, player, playerOut, color, home, away, score }) {
  const side = team === 'away' ? away : home
  switch (type) {
    case 'kick_off':
      return 'Kick-off'
    case 'goal':
      return `Goal for ${side}: ${player}`
    case 'card':
      return `${color === 'red' ? 'Red' : 'Yellow'} card for ${player}, ${side}`
    case 'substitution':
      return `${side}: ${player} for ${playerOut}`
    case 'final_whistle':
      return `Full time, ${score.join(' : ')}`
  }
}
