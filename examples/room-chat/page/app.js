import { startChat } from './chat.js'
import { post } from './site.js'
import { $ } from './view.js'

const SESSION = 'room-chat-session'

/** @type {typeof import('../../../client/src/realtime/index.ts')} every hub serves it */
const { createClient } = await import(`${location.origin}/lib/client.js`)

/** @param {{ session: string, sub: string, name: string }} me */
async function enter(me) {
  const { url } = await (await fetch('/hub.json')).json()
  $.entry.hidden = true
  $.app.hidden = false
  const client = createClient({ ...(url && { url }), getToken: () => getToken(me.session) })
  startChat(client, me)
}

/** @param {string} session */
async function getToken(session) {
  try {
    /** @type {{ token: string }} */
    const { token } = await post('/token', { session })
    return token
  } catch (error) {
    // The server has forgotten this session, as it does when it is started anew.
    if (/** @type {any} */ (error).status === 401) {
      sessionStorage.removeItem(SESSION)
      location.reload()
    }
    throw error
  }
}

$['come-in'].addEventListener('submit', async (/** @type {SubmitEvent} */ event) => {
  event.preventDefault()
  try {
    const { session, sub, name } = await post('/login', Object.fromEntries(new FormData($['come-in'])))
    sessionStorage.setItem(SESSION, JSON.stringify({ session, sub, name }))
    await enter({ session, sub, name })
  } catch (error) {
    $['entry-error'].textContent = /** @type {Error} */ (error).message
    $['entry-error'].hidden = false
  }
})

const kept = sessionStorage.getItem(SESSION)
if (kept === null) $.entry.hidden = false
else await enter(JSON.parse(kept))
