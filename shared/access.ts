import { z } from 'zod'
import { SCOPES } from './keys.ts'
import { flag, isoTime, operation, type Operation, pattern, patterns } from './operation.ts'

// Who may get in: signing in, tokens, and what a caller may do.

export const roleSchema = z.enum(['admin', 'viewer'])
export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  role: roleSchema,
})
export type DashboardUser = z.infer<typeof userSchema>

/** Its length and commonness are checked by the server, which says what is wrong. */
export const newPassword = z.string().min(1).max(1000)

export const signedIn = z.object({ user: userSchema, token: z.string(), expiresAt: isoTime })

export const login = operation({
  method: 'post',
  path: '/api/auth/login',
  access: 'open',
  summary: 'Signs in to the dashboard by password, or by the code of a one-time link; sets the session cookie.',
  body: z.union([
    z.strictObject({ email: z.string().min(1).max(320), password: z.string().min(1).max(1000) }),
    z.strictObject({ code: z.string().min(1).max(200) }),
  ]),
  response: signedIn,
})
export const logout = operation({
  method: 'post',
  path: '/api/auth/logout',
  access: 'open',
  summary: 'Ends the session.',
  status: 204,
  response: z.void(),
})
export const me = operation({
  method: 'get',
  path: '/api/auth/me',
  access: 'open',
  summary: 'Tells who the caller is.',
  response: z.object({
    kind: z.enum(['admin', 'key', 'user', 'host']),
    user: userSchema.optional(),
    key: z.object({ id: z.string(), name: z.string(), scopes: z.array(z.enum(SCOPES)) }).optional(),
    sub: z.string().optional(),
    name: z.string().optional(),
    subscribe: z.array(z.string()).optional(),
    publish: z.array(z.string()).optional(),
    expiresAt: isoTime.nullable(),
  }),
})
export const createToken = operation({
  method: 'post',
  path: '/api/auth/tokens',
  access: 'tokens',
  summary: 'Makes a token for an end user of an app.',
  body: z.strictObject({
    sub: z.string().min(1).max(255),
    name: z.string().min(1).max(200).optional(),
    subscribe: patterns.optional(),
    publish: patterns.optional(),
    /** Seconds until it expires. */
    expiresIn: z.number().int().min(1).max(31_536_000).default(3600),
  }),
  response: z.object({ token: z.string(), expiresAt: isoTime }),
})
export const changePassword = operation({
  method: 'post',
  path: '/api/auth/password',
  access: 'open',
  summary: 'Changes one’s own password, and ends all of one’s other sessions.',
  body: z.strictObject({
    /** May be left out by a user who has none yet. */
    oldPassword: z.string().min(1).max(1000).optional(),
    newPassword,
  }),
  status: 204,
  response: z.void(),
})
export const explainAccess = operation({
  method: 'get',
  path: '/api/auth/explain',
  access: 'view',
  summary:
    'Explains whether the bearer of a token’s claims, of an API key, or nobody may use a channel, and by which rule.',
  query: z.object({
    /** A token’s claims as JSON: `{"sub": "ada", "subscribe": ["orders/*"]}`. */
    claims: z.string().max(20_000).optional(),
    /** An API key’s id. */
    key: z.string().min(1).max(200).optional(),
    anonymous: flag.default(false),
    channel: pattern,
    action: z.enum(['subscribe', 'publish']),
    /** Type of the message to publish. */
    type: z.string().min(1).max(200).default('message'),
  }),
  response: z.object({
    allowed: z.boolean(),
    /** The rule that allows it; null when none does. */
    rule: z.string().nullable(),
    /** Why, in words. */
    detail: z.string(),
  }),
})

/** The operations of this file, in the order in which papers list them. */
export const ACCESS_OPERATIONS: readonly Operation[] = [login, logout, me, changePassword, createToken, explainAccess]
