import { describe, signOf } from './words.js'

const MATCH_MINUTES = 90

/** @typedef {import('./words.js').MatchMessage} MatchMessage */

/**
 * The cards of the matches, one for each place. Cards stay where they are, so that the focus does too.
 * @param {HTMLElement} list
 * @param {(matchId: string) => void} onChoose
 */
export function createCards(list, onChoose) {
  /** By place: the newest that is known of its match. @type {Map<number, any>} */
  const known = new Map()
  let minuteMs = 1000

  /** @param {number} slot @returns {HTMLElement} */
  function cardOf(slot) {
    const found = list.querySelector(`[data-slot="${slot}"]`)
    if (found) return /** @type {HTMLElement} */ (found)
    const template = /** @type {HTMLTemplateElement} */ (document.getElementById('match'))
    const card = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true))
    card.dataset.slot = String(slot)
    const after = [...list.children].find((other) => Number(/** @type {HTMLElement} */ (other).dataset.slot) > slot)
    list.insertBefore(card, after ?? null)
    return card
  }

  /** @param {any} match @param {string} last */
  function draw(match, last) {
    const { slot, home, away, score, matchId, reds } = match
    const card = cardOf(slot)
    const button = /** @type {HTMLButtonElement} */ (card.firstElementChild)
    button.onclick = () => onChoose(known.get(slot).matchId)
    button.dataset.match = matchId
    part(card, 'home').textContent = home
    part(card, 'away').textContent = away
    part(card, 'home-goals').textContent = String(score[0])
    part(card, 'away-goals').textContent = String(score[1])
    part(card, 'reds').textContent = reds > 0 ? `${reds} red ${reds === 1 ? 'card' : 'cards'}` : ''
    part(card, 'last').textContent = last
    card.classList.toggle('over', match.state === 'over')
    tick(match)
  }

  /** @param {any} match */
  function tick({ slot, state, startedAt, minute }) {
    const card = cardOf(slot)
    // Between two events the clock goes on by itself, but never past the next event's time.
    const passed = Math.max(minute, Math.min(MATCH_MINUTES, Math.floor((Date.now() - startedAt) / minuteMs)))
    part(card, 'clock').textContent = state === 'over' ? 'Full time' : `${passed}′`
    part(card, 'bar').style.width = `${state === 'over' ? 100 : (100 * passed) / MATCH_MINUTES}%`
  }

  setInterval(() => known.forEach(tick), 1000)

  return {
    /** @param {{ minuteMs: number, matches: any[] }} snapshot */
    load(snapshot) {
      minuteMs = snapshot.minuteMs
      for (const match of snapshot.matches) {
        const old = known.get(match.slot)
        if (old?.matchId === match.matchId && old.serial >= match.serial) continue
        known.set(match.slot, { ...match, reds: 0 })
        draw(known.get(match.slot), '')
      }
    },
    /** @param {MatchMessage} event */
    take(event) {
      const old = known.get(event.slot)
      const isSame = old?.matchId === event.matchId
      if (old && !isSame && old.startedAt > event.startedAt) return
      if (isSame && old.serial >= event.serial) return
      const reds = (isSame ? old.reds : 0) + (event.type === 'card' && event.color === 'red' ? 1 : 0)
      const match = { ...event, reds }
      known.set(event.slot, match)
      draw(match, `${signOf(event)} ${describe(event)}`)
      if (event.type === 'goal') flash(cardOf(event.slot))
    },
    /** @param {string | null} matchId */
    mark(matchId) {
      for (const button of list.querySelectorAll('button')) {
        button.setAttribute('aria-pressed', String(matchId !== null && button.dataset.match === matchId))
      }
    },
    isEmpty: () => known.size === 0,
  }
}

/** @param {HTMLElement} card */
function flash(card) {
  card.classList.remove('fresh')
  // Reading the size lets the animation begin anew.
  void card.offsetWidth
  card.classList.add('fresh')
}

/** @param {Element} card @param {string} name */
function part(card, name) {
  return /** @type {HTMLElement} */ (card.querySelector(`[data-part="${name}"]`))
}
