import { drawEvents, showNews } from './events.js'
import { follow } from './socket.js'

const TOKEN = 'seat-booking-token'
const WORDS = { connecting: 'Connecting', live: 'Live', stopped: 'Not connected', 'signed-out': 'Signed out' }

/** @type {any} elements by their ids */
const $ = new Proxy({}, { get: (_target, id) => document.getElementById(String(id)) })

/** @type {{ token: string, user: { name: string, isOrganiser: boolean } } | null} */
let session = JSON.parse(sessionStorage.getItem(TOKEN) ?? 'null')
/** @type {Map<number, import('./events.js').BookableEvent>} */
let events = new Map()
/** @type {ReturnType<typeof follow> | null} */
let connection = null

/**
 * Asks the example's server; rejects with what it says.
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
async function ask(method, path, body) {
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${session?.token ?? ''}` }
  const response = await fetch(path, { method, headers, ...(body && { body: JSON.stringify(body) }) })
  const answer = await response.json()
  if (response.status === 401 && session) signOut()
  if (!response.ok) throw new Error(answer.detail)
  return answer
}

async function load() {
  const found = await ask('GET', '/api/bookable')
  events = new Map(found.events.map((/** @type {any} */ event) => [event.id, event]))
  draw()
}

function draw() {
  drawEvents($.events, [...events.values()], { isOrganiser: session?.user.isOrganiser === true, act })
}

/**
 * Does what a button says, and shows why it could not be done.
 * @param {string} method
 * @param {string} path
 * @param {{ eventId?: number, seats?: number }} [body]
 */
async function act(method, path, body) {
  $.notice.hidden = true
  try {
    const seats = await ask(method, path, body)
    const event = events.get(seats.eventId)
    if (event && path.startsWith('/api/bookings')) event.booked = method === 'POST'
    take(seats)
  } catch (error) {
    $.notice.textContent = /** @type {Error} */ (error).message
    $.notice.hidden = false
    await load().catch(() => undefined)
  }
}

/**
 * Takes over how many seats are left; older news than what is shown already changes nothing.
 * @param {{ eventId: number, availableSeats: number, version: number, seats?: number }} news
 */
function take({ eventId, availableSeats, version, seats }) {
  const event = events.get(eventId)
  if (event && version > event.version) Object.assign(event, { availableSeats, version }, seats && { seats })
  draw()
}

async function start() {
  const signedIn = session !== null
  $.entry.hidden = signedIn
  $.app.hidden = !signedIn
  if (session === null) return
  $.me.textContent = session.user.name
  const { token } = session
  await load()
  const { url } = await (await fetch('/hub.json')).json()
  const [first = 'events/1', ...others] = [...events.keys()].map((id) => `events/${id}`)
  connection = follow({
    hubUrl: url ?? location.origin,
    first,
    others,
    token,
    onMessage(message) {
      take(message)
      $['feed-empty'].hidden = true
      showNews($.feed, message, events.get(message.eventId)?.title ?? '')
    },
    onState(state) {
      if (state === 'signed-out') return signOut()
      $.state.dataset.status = state
      $.state.textContent = WORDS[state]
      $.retry.hidden = state !== 'stopped'
      $.app.classList.toggle('stale', state !== 'live')
    },
    onReload: () => void load().catch(() => undefined),
  })
}

function signOut() {
  sessionStorage.removeItem(TOKEN)
  session = null
  connection?.close()
  connection = null
  void start()
}

$['sign-in'].addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault()
  const form = /** @type {HTMLFormElement} */ (event.target)
  $['sign-in-error'].hidden = true
  try {
    session = await ask('POST', '/api/auth/login', Object.fromEntries(new FormData(form)))
    sessionStorage.setItem(TOKEN, JSON.stringify(session))
    form.reset()
    await start()
  } catch (error) {
    $['sign-in-error'].textContent = /** @type {Error} */ (error).message
    $['sign-in-error'].hidden = false
  }
})
$['sign-out'].addEventListener('click', signOut)
$.retry.addEventListener('click', () => connection?.retry())
start().catch((error) => {
  $.notice.textContent = error.message
  $.notice.hidden = false
})
