import { z } from 'zod'
import { flag, id, isoTime, nextCursor, operation, type Operation, paging, pattern, patterns } from './operation.ts'

// Who may get in: signing in, users, sessions, API keys.

export const roleSchema = z.enum(['admin', 'viewer'])
export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().nullable(),
  role: roleSchema,
})
export type DashboardUser = z.infer<typeof userSchema>

export const SCOPES = ['publish', 'subscribe', 'rooms', 'tokens', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

const displayName = z.string().trim().min(1).max(200)
const emailAddress = z.email().max(320)
/** Its length and commonness are checked by the server, which says what is wrong. */
const newPassword = z.string().min(1).max(1000)

// ---- signing in

const signedIn = z.object({ user: userSchema, token: z.string(), expiresAt: isoTime })

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

// ---- users

export const userAccountSchema = userSchema.extend({
  createdAt: isoTime,
  lastSignInAt: isoTime.nullable(),
})
export type UserAccount = z.infer<typeof userAccountSchema>

export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: roleSchema,
  /** Who invited: `admin:<id>` or `key:<id>`. */
  createdBy: z.string().nullable(),
  createdAt: isoTime,
  expiresAt: isoTime,
})
export type Invitation = z.infer<typeof invitationSchema>

export const listUsers = operation({
  method: 'get',
  path: '/api/users',
  access: 'view',
  summary: 'Lists the users of the dashboard, the oldest first.',
  query: z.object(paging),
  response: z.object({ users: z.array(userAccountSchema), nextCursor }),
})
export const changeUser = operation({
  method: 'patch',
  path: '/api/users/:id',
  access: 'open',
  summary: 'Changes a user’s name or role; everybody may change their own name. The last admin stays one (409).',
  params: id,
  body: z.strictObject({ name: displayName.nullable().optional(), role: roleSchema.optional() }),
  response: userAccountSchema,
})
export const deleteUser = operation({
  method: 'delete',
  path: '/api/users/:id',
  access: 'admin',
  summary: 'Deletes a user and ends their sessions. The last admin stays (409).',
  params: id,
  status: 204,
  response: z.void(),
})
export const listInvitations = operation({
  method: 'get',
  path: '/api/users/invitations',
  access: 'view',
  summary: 'Lists the invitations that can still be accepted, the newest first.',
  query: z.object(paging),
  response: z.object({ invitations: z.array(invitationSchema), nextCursor }),
})
export const inviteUser = operation({
  method: 'post',
  path: '/api/users/invitations',
  access: 'admin',
  summary: 'Invites somebody by a link, good once within seven days; replaces an earlier one to the same address.',
  body: z.strictObject({ email: emailAddress, role: roleSchema.default('viewer') }),
  status: 201,
  response: z.object({
    invitation: invitationSchema,
    /** Where to accept it; shown this once. */
    url: z.string(),
  }),
})
export const withdrawInvitation = operation({
  method: 'delete',
  path: '/api/users/invitations/:id',
  access: 'admin',
  summary: 'Withdraws an invitation: its link is good no more.',
  params: id,
  status: 204,
  response: z.void(),
})
export const showInvitation = operation({
  method: 'post',
  path: '/api/auth/invitations/show',
  access: 'open',
  summary: 'Tells whom an invitation’s code is for, without using it up.',
  body: z.strictObject({ code: z.string().min(1).max(200) }),
  response: z.object({ email: z.string(), role: roleSchema, expiresAt: isoTime }),
})
export const acceptInvitation = operation({
  method: 'post',
  path: '/api/auth/invitations/accept',
  access: 'open',
  summary: 'Accepts an invitation: makes the user, sets the password and signs in.',
  body: z.strictObject({ code: z.string().min(1).max(200), password: newPassword, name: displayName.optional() }),
  response: signedIn,
})

// ---- sessions

export const sessionSchema = z.object({
  id: z.string(),
  user: userSchema,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: isoTime,
  /** Exact to a minute. */
  lastSeenAt: isoTime,
  expiresAt: isoTime,
  /** Whether it is the session that asks. */
  current: z.boolean(),
})
export type SessionInfo = z.infer<typeof sessionSchema>

export const listSessions = operation({
  method: 'get',
  path: '/api/sessions',
  access: 'open',
  summary: 'Lists one’s own sessions, or with `all` everybody’s (admins), the newest first.',
  query: z.object({ all: flag.default(false), ...paging }),
  response: z.object({ sessions: z.array(sessionSchema), nextCursor }),
})
export const endSession = operation({
  method: 'delete',
  path: '/api/sessions/:id',
  access: 'open',
  summary: 'Ends one of one’s own sessions, or anybody’s (admins).',
  params: id,
  status: 204,
  response: z.void(),
})
export const endOtherSessions = operation({
  method: 'delete',
  path: '/api/sessions',
  access: 'open',
  summary: 'Ends all of one’s own sessions but the one that asks.',
  response: z.object({ ended: z.number().int() }),
})

// ---- API keys

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
export const ACCESS_OPERATIONS: readonly Operation[] = [
  login,
  logout,
  me,
  changePassword,
  createToken,
  explainAccess,
  listUsers,
  listInvitations,
  inviteUser,
  withdrawInvitation,
  showInvitation,
  acceptInvitation,
  changeUser,
  deleteUser,
  listSessions,
  endOtherSessions,
  endSession,
  listKeys,
  createKey,
  revokeKey,
]
