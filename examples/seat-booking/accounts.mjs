import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Refusal } from '../kit/refusal.mjs'

/**
 * @typedef {import('./tables.mjs').Database} Database
 * @typedef {{ id: number, name: string, isOrganiser: boolean }} User
 */

const derive = /** @type {(password: string, salt: string, length: number) => Promise<Buffer>} */ (promisify(scrypt))
const KEY_BYTES = 32
/** How long a token is good for, in seconds. */
const TOKEN_SECONDS = 3600

/** Who can sign in at first. A real app has people register instead. */
const FIRST_USERS = [
  { email: 'ada@example.com', name: 'Ada', isOrganiser: false },
  { email: 'bob@example.com', name: 'Bob', isOrganiser: false },
  { email: 'olga@example.com', name: 'Olga', isOrganiser: true },
]
const FIRST_PASSWORD = 'password'

/**
 * Makes the first accounts, if they are missing.
 * @param {Database} database
 */
export async function ensureUsers(database) {
  for (const { email, name, isOrganiser } of FIRST_USERS) {
    await database.query(
      `insert into booking.users (email, name, password_hash, is_organiser) values ($1, $2, $3, $4)
       on conflict (email) do nothing`,
      [email, name, await hashPassword(FIRST_PASSWORD), isOrganiser],
    )
  }
}

/**
 * Signs somebody in: the hub makes a token for them, which may follow the events and publish nothing.
 * @param {Database} database
 * @param {import('../kit/hub.mjs').Hub} hub
 * @param {{ email?: unknown, password?: unknown }} credentials
 */
export async function signIn(database, hub, { email, password }) {
  if (typeof email !== 'string' || typeof password !== 'string') throw new Refusal(400, 'email and password are texts.')
  const [row] = await database.query('select * from booking.users where email = $1', [email.trim().toLowerCase()])
  // A hash is computed for an unknown address too, so that the time taken tells nobody which ones are known.
  const fits = await checkPassword(password, row?.password_hash ?? (await hashPassword('')))
  if (!row || !fits) throw new Refusal(401, 'This e-mail and password do not fit together.')
  const claims = { sub: `booking-${row.id}`, name: row.name, subscribe: ['events/*'], expiresIn: TOKEN_SECONDS }
  const { token, expiresAt } = await hub.call('POST', '/api/auth/tokens', claims)
  const hash = hashToken(token)
  await database.query('delete from booking.sessions where expires_at < now()')
  await database.query('insert into booking.sessions values ($1, $2, $3) on conflict do nothing', [
    hash,
    row.id,
    expiresAt,
  ])
  return { token, expiresAt, user: { name: row.name, isOrganiser: row.is_organiser } }
}

/**
 * Finds who sends a request, by its `Authorization: Bearer …`.
 * @param {Database} database
 * @param {string | undefined} authorization
 * @returns {Promise<User>}
 */
export async function userOf(database, authorization = '') {
  const token = /^Bearer (\S+)$/.exec(authorization)?.[1] ?? ''
  const [user] = await database.query(
    `select id, name, is_organiser as "isOrganiser" from booking.sessions
     join booking.users on users.id = sessions.user_id where token_hash = $1 and expires_at > now()`,
    [hashToken(token)],
  )
  if (!user) throw new Refusal(401, 'Sign in first.')
  return /** @type {User} */ (user)
}

/** @param {string} token */
function hashToken(token) {
  return createHash('sha256').update(token).digest('hex')
}

/** @param {string} password */
async function hashPassword(password) {
  const salt = randomBytes(16).toString('hex')
  return `${salt}:${(await derive(password, salt, KEY_BYTES)).toString('hex')}`
}

/**
 * @param {string} password
 * @param {string} kept
 */
async function checkPassword(password, kept) {
  const [salt = '', hash = ''] = kept.split(':')
  return timingSafeEqual(await derive(password, salt, KEY_BYTES), Buffer.from(hash, 'hex'))
}
