import type { Random } from '../random.ts'
import type { Happening, World } from './world.ts'

const TEAMS = [
  ['Boğaz', 'Kordon'],
  ['Kapadokya', 'Marmara'],
  ['Toros', 'Karadeniz'],
] as const
const SURNAMES = 'Aksoy Bulut Erdem Güler Işık Keskin Sönmez Taş Uçar Vural Yavuz Zengin'.split(' ')
const FULL_TIME_MINUTES = 90
/** Comments on what is worth a line, but changes no score. */
const CHANCES = ['shot_wide', 'shot_saved', 'corner', 'offside', 'foul'] as const

interface Match {
  id: number
  teams: readonly [string, string]
  minute: number
  score: [number, number]
}

/** Three matches at once, each from kick-off to the final whistle, over and over. */
export function createMatch(): World {
  let lastId = 2040
  const matches = TEAMS.map((teams, i): Match => ({ id: ++lastId, teams, minute: i * 25, score: [0, 0] }))

  function say(match: Match, message: Record<string, unknown>, ephemeral = false): Happening {
    const { id, minute } = match
    return { channel: `public/match/${id}`, message: { ...message, matchId: id, minute }, ephemeral }
  }

  function finish(match: Match): Happening[] {
    const over = say(match, { type: 'full_time', teams: match.teams, score: match.score })
    Object.assign(match, { id: ++lastId, minute: 0, score: [0, 0] })
    return [over, say(match, { type: 'kick_off', teams: match.teams })]
  }

  function score(match: Match, random: Random): Happening[] {
    const side = random.between(0, 1) as 0 | 1
    match.score[side]++
    const goal = { type: 'goal', team: match.teams[side], player: random.pick(SURNAMES), score: [...match.score] }
    const news = { type: 'goal_alert', text: `${match.teams[0]} ${match.score.join('–')} ${match.teams[1]}` }
    return [say(match, goal), { channel: 'broadcast', message: news }]
  }

  return {
    name: 'match',
    visitors: 0.35,
    messages: 0.35,
    visit(random) {
      const { id } = random.pick(matches)
      return {
        channels: random.chance(0.3) ? ['public/match/*', 'broadcast'] : [`public/match/${id}`, 'broadcast'],
        signedIn: random.chance(0.2),
        publish: [],
        transport: random.chance(0.75) ? 'sse' : 'ws',
        presence: false,
      }
    },
    happen(random) {
      const match = random.pick(matches)
      if (random.chance(0.25)) match.minute++
      if (match.minute > FULL_TIME_MINUTES) return finish(match)
      if (random.chance(0.02)) return score(match, random)
      if (random.chance(0.04)) return [say(match, { type: 'card', colour: 'yellow', player: random.pick(SURNAMES) })]
      if (random.chance(0.35)) {
        const team = match.teams[random.between(0, 1)]
        return [say(match, { type: random.pick(CHANCES), team, player: random.pick(SURNAMES) })]
      }
      const home = random.between(35, 65)
      return [say(match, { type: 'possession', home, away: 100 - home }, true)]
    },
  }
}
