import { z } from 'zod'
import { userSchema } from './access.ts'
import { flag, id, isoTime, nextCursor, operation, type Operation, paging } from './operation.ts'

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

/** The operations of this file, in the order in which papers list them. */
export const SESSION_OPERATIONS: readonly Operation[] = [listSessions, endOtherSessions, endSession]
