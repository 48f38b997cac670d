import type { Logger } from 'pino'
import { SCOPES } from '../../shared/api.ts'
import type { KeyCaller } from './caller.ts'
import { hashToken, sameHash } from './hash.ts'
import { createLookup } from './lookup.ts'
import type { ApiKeyRow, KeyStore } from './stores.ts'

interface KeysOptions {
  /** The key that the server was started with: it has every scope and is in no table. */
  apiKey: string
  store: KeyStore
  log: Logger
  now: () => number
}

/** Finds the callers that API keys stand for. */
export interface Keys {
  /** Null when the key is unknown, revoked or expired. */
  find(keyHash: string): KeyCaller | Promise<KeyCaller | null> | null
  /** Tells whether this is the hash of the key that the server was started with. */
  isBootstrap(keyHash: string): boolean
  /** Makes the next `find` look into the database: after a revocation. */
  forget(keyHash: string): void
  /** The same for every key: another node may have revoked one. */
  forgetAll(): void
}

/** How long a key found in the database is believed, so that a revocation counts within seconds. */
const MAX_AGE_MS = 5000
/** How exact "last used" is. */
const TOUCH_INTERVAL_MS = 60_000

/** Creates the finder of API keys. */
export function createKeys({ apiKey, store, log, now }: KeysOptions): Keys {
  const bootstrapHash = hashToken(apiKey)
  const bootstrap = bootstrapCaller()
  const lookup = createLookup<KeyCaller>({
    now,
    untilMs: (key) => Math.min(now() + MAX_AGE_MS, key.expiresAt ?? Infinity),
    async load(keyHash) {
      const row = await store.findByHash(keyHash)
      if (row === null || !isLive(row, now())) return null
      noteUse(row)
      return keyCallerOf(row)
    },
  })

  function noteUse(row: ApiKeyRow): void {
    if (now() - (row.lastUsedAt?.getTime() ?? 0) < TOUCH_INTERVAL_MS) return
    store.touch([row.id]).catch((err: unknown) => log.debug({ err, key: row.id }, 'key use not noted'))
  }

  return {
    isBootstrap: (keyHash) => sameHash(keyHash, bootstrapHash),
    find: (keyHash) => (sameHash(keyHash, bootstrapHash) ? bootstrap : lookup.get(keyHash)),
    forget: (keyHash) => lookup.forget(keyHash),
    forgetAll: () => lookup.forgetAll(),
  }
}

function bootstrapCaller(): KeyCaller {
  return { kind: 'key', id: 'bootstrap', name: 'API_KEY', scopes: SCOPES, channels: null, expiresAt: null }
}

function isLive(row: ApiKeyRow, nowMs: number): boolean {
  return row.revokedAt === null && (row.expiresAt === null || row.expiresAt.getTime() > nowMs)
}

/** Returns the caller that a key's row stands for, be it revoked or not. */
export function keyCallerOf(row: ApiKeyRow): KeyCaller {
  return {
    kind: 'key',
    id: row.id,
    name: row.name,
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    channels: row.channels,
    expiresAt: row.expiresAt?.getTime() ?? null,
  }
}
