import { createCards } from './cards.js'
import { createFeed } from './feed.js'
import { follow } from './follow.js'

/** @typedef {import('./words.js').MatchMessage} MatchMessage */

const KINDS = new Set(['kick_off', 'goal', 'card', 'substitution', 'final_whistle'])
const STATES = { connecting: 'Connecting', live: 'Live' }
const MOST_RECENT = 60

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id))
const feed = createFeed({ list: byId('feed'), empty: byId('feed-empty') })
const cards = createCards(byId('matches'), (matchId) => void choose(matchId))
/** What was seen of all matches, newest first. @type {MatchMessage[]} */
let recent = []
/** The match that the list shows alone. @type {string | null} */
let chosen = null
let lastEventId = ''
/** @type {ReturnType<typeof follow> | null} */
let following = null

const hubUrl = (await (await fetch('/hub.json')).json()).url ?? location.origin

async function getToken() {
  const response = await fetch('/token', { method: 'POST' })
  if (!response.ok) throw new Error('no token')
  return String((await response.json()).token)
}

async function loadMatches() {
  const response = await fetch('/matches').catch(() => null)
  if (response?.ok) cards.load(await response.json())
  showWaiting()
}

function showWaiting() {
  byId('waiting').hidden = !cards.isEmpty()
}

/** @param {MatchMessage} message */
function take(message) {
  // Anybody who may publish to the broker may publish something else there too.
  if (!KINDS.has(message.type) || !Array.isArray(message.score)) return
  recent = [message, ...recent].slice(0, MOST_RECENT)
  cards.take(message)
  if (chosen === null || chosen === message.matchId) feed.add(message)
  showWaiting()
}

/** @param {string | null} matchId */
async function choose(matchId) {
  chosen = matchId === chosen ? null : matchId
  const now = chosen
  cards.mark(now)
  byId('all').hidden = now === null
  byId('feed-title').textContent = now === null ? 'As it happens' : 'The match so far'
  feed.replace(now === null ? recent : recent.filter((event) => event.matchId === now))
  if (now === null) return
  const past = await loadPast(now)
  // Meanwhile somebody may have chosen another one, or more may have happened.
  if (chosen !== now) return
  const known = new Set(past.map(({ id }) => id))
  feed.replace([...recent.filter((event) => event.matchId === now && !known.has(event.id)), ...past])
}

/** @param {string} matchId @returns {Promise<MatchMessage[]>} */
async function loadPast(matchId) {
  const address = new URL(`/api/channels/${encodeURIComponent(`matches/${matchId}/events`)}/messages`, hubUrl)
  address.searchParams.set('limit', '60')
  const response = await fetch(address, { headers: { Authorization: `Bearer ${await getToken()}` } }).catch(() => null)
  return response?.ok
    ? (await response.json()).items.filter((/** @type {MatchMessage} */ { type }) => KINDS.has(type))
    : []
}

function start() {
  const chosenTransport = /** @type {HTMLInputElement} */ (document.querySelector('[name="transport"]:checked')).value
  following = follow({
    hubUrl,
    transport: chosenTransport === 'sse' ? 'sse' : 'ws',
    lastEventId,
    getToken,
    onMessage: take,
    onState(state) {
      byId('state').dataset.status = state
      byId('state').textContent = STATES[state]
    },
    onGap: () => void loadMatches(),
  })
}

for (const input of document.querySelectorAll('[name="transport"]')) {
  input.addEventListener('change', () => {
    lastEventId = following?.close() ?? lastEventId
    start()
  })
}
byId('all').onclick = () => void choose(null)
start()
await loadMatches()
