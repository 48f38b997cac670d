import { z } from 'zod'
import { newPassword, roleSchema, signedIn, userSchema } from './access.ts'
import { displayName, id, isoTime, nextCursor, operation, type Operation, paging } from './operation.ts'

const emailAddress = z.email().max(320)

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

/** The operations of this file, in the order in which papers list them. */
export const USER_OPERATIONS: readonly Operation[] = [
  listUsers,
  listInvitations,
  inviteUser,
  withdrawInvitation,
  showInvitation,
  acceptInvitation,
  changeUser,
  deleteUser,
]
