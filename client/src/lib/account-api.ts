import type { DashboardUser } from '../../../shared/api.ts'
import { request } from './api.ts'

export interface PasswordChange {
  /** Left out by one who has none yet. */
  oldPassword?: string
  newPassword: string
}

/** Changes the reader's own password; ends their other sessions. */
export const changePassword = (change: PasswordChange) => request<void>('/api/auth/password', { ...change })

/** Whom an invitation is for. */
export interface InvitationFacts {
  email: string
  role: DashboardUser['role']
  expiresAt: string
}

export const showInvitation = (code: string) => request<InvitationFacts>('/api/auth/invitations/show', { code })

export interface Acceptance {
  code: string
  password: string
  name?: string
}

/** Makes the user and signs in. */
export async function acceptInvitation(acceptance: Acceptance): Promise<DashboardUser> {
  const { user } = await request<{ user: DashboardUser }>('/api/auth/invitations/accept', { ...acceptance })
  return user
}
