import type { Logger } from 'pino'
import type { LiveSettings } from '../shared/settings.ts'
import { ensureAdmin } from './auth/admin.ts'
import { type Authenticator, createAuthenticator } from './auth/authenticate.ts'
import { createKeys, type Keys } from './auth/keys.ts'
import type { RoomTokens } from './auth/room-tokens.ts'
import type { RoomGate } from './auth/rooms.ts'
import type { Secrets } from './auth/secrets.ts'
import { createSessions, type Sessions } from './auth/sessions.ts'
import { redeemAnywhere } from './auth/sign-in-elsewhere.ts'
import { createSignInLinks } from './auth/sign-in-links.ts'
import type { AuthStores } from './auth/stores.ts'
import { createTokenMaker, type TokenMaker } from './auth/token-maker.ts'
import { createTokenVerifier } from './auth/token-verifier.ts'
import type { Cluster } from './cluster/index.ts'
import type { Config } from './config.ts'
import type { Hub } from './hub/hub.ts'
import { revalidateConnections } from './revalidate.ts'

export interface CallersParts {
  config: Pick<Config, 'admin' | 'jwt'>
  secrets: Secrets
  stores: AuthStores
  roomTokens: RoomTokens
  rooms: RoomGate
  hub: Hub
  settings: LiveSettings
  cluster: Cluster
  log: Logger
}

/** Who calls: what proves it, and what is looked at again when somebody was signed out or lost a key. */
export interface Callers {
  sessions: Sessions
  keys: Keys
  authenticator: Authenticator
  makeToken: TokenMaker
  /** Resolves with whom a code signs in, of whichever node; null for a code that is none. */
  redeemCode: (code: string) => Promise<string | null>
  /** Makes sure that the configured admin exists. */
  ensureAdmin(): Promise<void>
  /** Makes a one-time code to sign in with; null when the admin has a password, or is not there yet. */
  signInCode(): string | null
  /** Looks at the callers again, on all nodes. */
  recheck: () => void
  /** Looks at the callers of this node again, of whom another knows more. */
  recheckHere(): void
  stop(): void
}

/** Puts together what tells who calls. Stop it when done. */
export function createCallers(parts: CallersParts): Callers {
  const { config, secrets, stores, roomTokens, rooms, hub, settings, cluster, log } = parts
  const { jwt, admin } = config
  const sessions = createSessions({ store: stores.sessions })
  const keys = createKeys({ apiKey: secrets.apiKey, store: stores.apiKeys, log, now: Date.now })
  const tokens = createTokenVerifier({ jwt, secret: secrets.jwtSecret, roomTokens, rooms, now: Date.now })
  const authenticator = createAuthenticator({ keys, sessions, tokens, rooms })
  const links = createSignInLinks()
  const revalidation = revalidateConnections({ hub, authenticator, settings, log })
  let adminId: string | null = null

  return {
    sessions,
    keys,
    authenticator,
    makeToken: createTokenMaker({ jwt, secret: secrets.jwtSecret }),
    redeemCode: redeemAnywhere(links, cluster),
    async ensureAdmin() {
      adminId = (await ensureAdmin(admin, stores)).id
    },
    signInCode: () => (admin.password === null && adminId !== null ? links.issue(adminId) : null),
    recheck() {
      revalidation.recheck()
      cluster.tell('recheck')
    },
    recheckHere() {
      keys.forgetAll()
      sessions.forgetAll()
      revalidation.recheck()
    },
    stop: () => revalidation.stop(),
  }
}
