import type { Router } from 'express'
import { nanoid } from 'nanoid'
import { type ApiKeyInfo, createKey, listKeys, revokeKey, SCOPES } from '../../shared/api.ts'
import { YayinError } from '../../shared/errors.ts'
import { actorOf, type Caller } from '../auth/caller.ts'
import { grants } from '../auth/channel-rules.ts'
import { hashToken } from '../auth/hash.ts'
import type { ApiKeyRow } from '../auth/stores.ts'
import { storableText } from '../store/storable.ts'
import type { AccessDeps } from './access-deps.ts'
import { defineRoute } from './http.ts'
import { pageOf } from './page.ts'

/** How much of a key is kept to tell it from others; it leaves 27 characters, 162 bits, to guess. */
const PREFIX_LENGTH = 8

/** Adds the list of API keys, their making and their revoking. */
export function keysRoutes(router: Router, deps: AccessDeps): void {
  const { apiKeys, keys, eventLog, recheck } = deps

  defineRoute(
    router,
    listKeys,
    async ({ query }) => {
      const { page, nextCursor } = pageOf(await apiKeys.list(), query)
      return { keys: page.map(describe), nextCursor }
    },
    deps,
  )

  defineRoute(
    router,
    createKey,
    async ({ caller, body, ip }) => {
      const { name, scopes, channels = null } = body
      const expiresAt = readExpiry(body.expiresAt ?? null)
      checkLimit(caller, channels)
      const secret = `yk_${nanoid(32)}`
      const actor = actorOf(caller)
      const row = await apiKeys.create({
        name: storableText(name),
        keyHash: hashToken(secret),
        prefix: secret.slice(0, PREFIX_LENGTH),
        scopes: SCOPES.filter((scope) => scopes.includes(scope)),
        channels: channels && [...new Set(channels)],
        createdBy: actor,
        expiresAt,
      })
      const data = { keyId: row.id, name: row.name, scopes: row.scopes, channels: row.channels, expiresAt, ip }
      eventLog.record({ level: 'info', type: 'key_created', message: 'API key created', data, actor })
      return { key: describe(row), secret }
    },
    deps,
  )

  defineRoute(
    router,
    revokeKey,
    async ({ caller, params: { id }, ip }) => {
      const row = await apiKeys.findById(id)
      if (!row) throw new YayinError('not_found', `There is no API key ${id.slice(0, 50)}.`)
      if (!(await apiKeys.revoke(id))) return
      keys.forget(row.keyHash)
      recheck()
      const data = { keyId: id, name: row.name, ip }
      eventLog.record({ level: 'info', type: 'key_revoked', message: 'API key revoked', data, actor: actorOf(caller) })
    },
    deps,
  )
}

function readExpiry(text: string | null): Date | null {
  if (text === null) return null
  const expiresAt = new Date(text)
  if (expiresAt.getTime() > Date.now()) return expiresAt
  const message = `${text} is over already`
  throw new YayinError('invalid', `body expiresAt: ${message}`, { errors: [{ path: 'expiresAt', message }] })
}

/** A key that is limited to some channels makes none that reaches further. */
function checkLimit(caller: Caller, channels: readonly string[] | null): void {
  const limit = caller.kind === 'key' ? caller.channels : null
  if (limit === null || channels?.every((pattern) => grants(limit, pattern))) return
  throw new YayinError('forbidden', 'This API key may only make keys that are limited to channels of its own.')
}

function describe(row: ApiKeyRow): ApiKeyInfo {
  const { id, name, prefix, channels, createdBy } = row
  return {
    id,
    name,
    prefix,
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    channels,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }
}
