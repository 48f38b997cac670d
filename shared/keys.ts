import { z } from 'zod'
import { displayName, id, isoTime, nextCursor, operation, type Operation, paging, patterns } from './operation.ts'

export const SCOPES = ['publish', 'subscribe', 'rooms', 'tokens', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters of the key. */
  prefix: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  /** Patterns that publishing and subscribing are limited to; null for all channels. */
  channels: z.array(z.string()).nullable(),
  createdAt: isoTime,
  /** Who made it: `admin:<id>` or `key:<id>`. */
  createdBy: z.string().nullable(),
  lastUsedAt: isoTime.nullable(),
  expiresAt: isoTime.nullable(),
  revokedAt: isoTime.nullable(),
})
export type ApiKeyInfo = z.infer<typeof apiKeySchema>

export const listKeys = operation({
  method: 'get',
  path: '/api/keys',
  access: 'view',
  summary: 'Lists the API keys, revoked and expired ones too, the newest first.',
  query: z.object(paging),
  response: z.object({ keys: z.array(apiKeySchema), nextCursor }),
})
export const createKey = operation({
  method: 'post',
  path: '/api/keys',
  access: 'admin',
  summary: 'Makes an API key, which is shown this once.',
  body: z.strictObject({
    name: displayName,
    scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
    /** Patterns that publishing and subscribing are limited to; null or absent for all channels. */
    channels: patterns.min(1).max(100).nullable().optional(),
    /** Null or absent for never. */
    expiresAt: isoTime.nullable().optional(),
  }),
  status: 201,
  response: z.object({ key: apiKeySchema, /** `yk_…`: what the application sends. */ secret: z.string() }),
})
export const revokeKey = operation({
  method: 'delete',
  path: '/api/keys/:id',
  access: 'admin',
  summary: 'Revokes an API key for good; what it holds open is closed.',
  params: id,
  status: 204,
  response: z.void(),
})

/** The operations of this file, in the order in which papers list them. */
export const KEY_OPERATIONS: readonly Operation[] = [listKeys, createKey, revokeKey]
