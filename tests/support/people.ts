import { expect } from 'vitest'
import { api } from './api.ts'
import { startLightServer } from './light-server.ts'
import type { TestServer } from './server.ts'

/** Somebody who signed in to the dashboard. */
export interface Person {
  id: string
  token: string
  api: ReturnType<typeof api>
}

/** A password that is long enough and that nobody guesses. */
export const GOOD_PASSWORD = 'mavi kedi damda uyur'

let people = 0
/** Everybody comes from an address of their own, so that nobody's failed sign-ins are held against another. */
function fromElsewhere(): Record<string, string> {
  people++
  return { 'x-forwarded-for': `198.51.${people >> 8}.${people & 255}` }
}

/** Starts a node alone that believes what a proxy on this machine says of addresses, and whose admin has a password. */
export const startBehindProxy = (env: Record<string, string> = {}) =>
  startLightServer({ hasPassword: true, env: { BROKER: 'local', TRUST_PROXY: 'loopback', ...env } })

/** Invites somebody and accepts for them; returns them signed in. The server is one of {@link startBehindProxy}. */
export async function invite(server: TestServer, email: string, role: 'admin' | 'viewer'): Promise<Person> {
  const invited = await api(server).post('/api/users/invitations', { email, role })
  expect(invited.status, JSON.stringify(invited.body)).toBe(201)
  const code = codeOf(String(invited.body.url))
  const acceptance = { code, password: GOOD_PASSWORD }
  const accepted = await api(server, null).post('/api/auth/invitations/accept', acceptance, fromElsewhere())
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(200)
  return personOf(server, accepted.body)
}

/** Signs somebody in. */
export async function signIn(server: TestServer, email: string, password = GOOD_PASSWORD): Promise<Person> {
  const { status, body } = await api(server, null).post('/api/auth/login', { email, password }, fromElsewhere())
  expect(status, JSON.stringify(body)).toBe(200)
  return personOf(server, body)
}

/** Returns the code of an invitation's link. */
export function codeOf(url: string): string {
  return new URL(url).hash.replace('#invite=', '')
}

function personOf(server: TestServer, body: Record<string, unknown>): Person {
  const token = String(body.token)
  return { id: (body.user as { id: string }).id, token, api: api(server, token) }
}
