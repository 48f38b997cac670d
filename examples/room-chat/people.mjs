import { randomBytes } from 'node:crypto'
import { Refusal } from '../kit/refusal.mjs'

/** How long a session is kept after its last use, in milliseconds. */
const SESSION_MS = 12 * 3_600_000
/** How long a token is good for, in seconds; the page asks for the next one by itself. */
const TOKEN_SECONDS = 600
const MAX_NAME = 30

/** @typedef {{ sub: string, name: string, usedAtMs: number }} Person */

/**
 * Knows who has come in. A real app has its own accounts; here a name is enough, and a session is kept in memory.
 * @param {import('../kit/hub.mjs').Hub} hub
 */
export function createPeople(hub) {
  /** @type {Map<string, Person>} by the session's secret */
  const sessions = new Map()

  /**
   * Lets somebody in under a name.
   * @param {unknown} given
   */
  function comeIn(given) {
    const name = typeof given === 'string' ? given.trim().replace(/\s+/g, ' ') : ''
    if (name === '' || name.length > MAX_NAME || /\p{C}/u.test(name)) {
      throw new Refusal(400, `A name has 1 to ${MAX_NAME} characters.`)
    }
    sweep()
    const session = randomBytes(24).toString('base64url')
    const sub = subOf(name)
    sessions.set(session, { sub, name, usedAtMs: Date.now() })
    return { session, sub, name }
  }

  /**
   * Finds who a session belongs to.
   * @param {unknown} session
   */
  function find(session) {
    const person = sessions.get(String(session))
    if (person === undefined) throw new Refusal(401, 'Come in first.')
    person.usedAtMs = Date.now()
    return person
  }

  /**
   * Makes a token: it follows every room, and publishes in every room. Nobody can write to another's own channel with it.
   * @param {Person} person
   */
  async function makeToken({ sub, name }) {
    const claims = { sub, name, subscribe: ['chat/*'], publish: ['chat/*'], expiresIn: TOKEN_SECONDS }
    const { token } = await hub.call('POST', '/api/auth/tokens', claims)
    return /** @type {string} */ (token)
  }

  function sweep() {
    for (const [session, { usedAtMs }] of sessions) if (Date.now() - usedAtMs > SESSION_MS) sessions.delete(session)
  }

  return { comeIn, find, makeToken }
}

/**
 * Makes an id for somebody of this name. The hub puts it on each message as `from`, whatever the page says, so a name
 * that is part of it can not be borrowed. It also names the channel `user/<sub>`, whose characters are few.
 * @param {string} name
 */
function subOf(name) {
  return `${randomBytes(6).toString('base64url')}.${Buffer.from(name).toString('base64url')}`
}
