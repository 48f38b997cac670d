import { describe, expect, it } from 'vitest'
import type { Invitation, LogRecord, SessionInfo, UserAccount } from '../../shared/api.ts'
import { api } from '../support/api.ts'
import { codeOf, GOOD_PASSWORD, invite, signIn, startBehindProxy } from '../support/people.ts'
import { until } from '../support/until.ts'
import { useServer } from '../support/use-server.ts'

const use = useServer(startBehindProxy)
let count = 0
const newEmail = () => `person${++count}@example.org`

async function logsOf(type: string): Promise<LogRecord[]> {
  return (await use.as().get<{ logs: LogRecord[] }>(`/api/logs?type=${type}`)).body.logs
}

describe('an invitation', () => {
  it('makes a user with the role that was given, once', async () => {
    const email = newEmail()
    const { body } = await use.as().post('/api/users/invitations', { email, role: 'viewer' })
    expect(body).toMatchObject({ invitation: { email, role: 'viewer', createdBy: 'key:bootstrap' } })
    expect(body.url).toMatch(new RegExp(`^${use.server.url}/#invite=[\\w-]{32}$`))
    const code = codeOf(String(body.url))
    const nobody = use.as(null)
    expect((await nobody.post('/api/auth/invitations/show', { code })).body).toMatchObject({ email, role: 'viewer' })
    const accept = () => nobody.post('/api/auth/invitations/accept', { code, password: GOOD_PASSWORD, name: 'Ada' })
    const outcomes = await Promise.all([accept(), accept()])
    expect(outcomes.map(({ status }) => String(status)).sort()).toEqual(['200', '401'])
    const accepted = outcomes.find(({ status }) => status === 200)!
    expect(accepted.body).toMatchObject({ user: { email, name: 'Ada', role: 'viewer' } })
    expect(accepted.headers.getSetCookie()[0]).toMatch(/^yayin_session=ys_.*HttpOnly/)
    expect((await nobody.post('/api/auth/invitations/show', { code })).body).toMatchObject({
      code: 'invalid_credentials',
    })
    expect((await signIn(use.server, email)).token).toMatch(/^ys_/)
  })

  it('is refused for somebody who is a user already, and replaces an earlier one', async () => {
    const email = newEmail()
    const send = (address: string) => use.as().post('/api/users/invitations', { email: address })
    const first = codeOf(String((await send(email)).body.url))
    const second = codeOf(String((await send(email.toUpperCase())).body.url))
    const accept = (code: string) =>
      use.as(null).post('/api/auth/invitations/accept', { code, password: GOOD_PASSWORD })
    expect((await accept(first)).status).toBe(401)
    expect((await accept(second)).status).toBe(200)
    expect((await send(email)).body).toMatchObject({ status: 409, code: 'conflict' })
  })

  it('can be withdrawn, and is listed until then', async () => {
    const email = newEmail()
    const { body } = await use.as().post<{ invitation: Invitation; url: string }>('/api/users/invitations', { email })
    const listed = async () => {
      const { body: list } = await use.as().get<{ invitations: Invitation[] }>('/api/users/invitations?limit=500')
      return list.invitations.some((invitation) => invitation.email === email)
    }
    expect(await listed()).toBe(true)
    expect((await use.as().delete(`/api/users/invitations/${body.invitation.id}`)).status).toBe(204)
    expect((await use.as().delete(`/api/users/invitations/${body.invitation.id}`)).status).toBe(404)
    expect(await listed()).toBe(false)
    const accepted = await use
      .as(null)
      .post('/api/auth/invitations/accept', { code: codeOf(body.url), password: GOOD_PASSWORD })
    expect(accepted.status).toBe(401)
  })

  it('is not used up by a password that is refused', async () => {
    const { body } = await use.as().post('/api/users/invitations', { email: newEmail() })
    const code = codeOf(String(body.url))
    const accept = (password: string) => use.as(null).post('/api/auth/invitations/accept', { code, password })
    for (const password of ['short', 'password1234', 'x'.repeat(129), `person${count}@example.org`]) {
      expect((await accept(password)).body, password).toMatchObject({ status: 400, errors: [{ path: 'password' }] })
    }
    expect((await accept(GOOD_PASSWORD)).status).toBe(200)
  })
})

describe('a viewer', () => {
  it('sees everything and changes nothing', async () => {
    const viewer = await invite(use.server, newEmail(), 'viewer')
    for (const path of ['users', 'users/invitations', 'keys', 'connections', 'logs', 'settings', 'stats', 'sessions']) {
      expect((await viewer.api.get(`/api/${path}`)).status, path).toBe(200)
    }
    expect((await viewer.api.get('/api/auth/explain?anonymous=1&channel=a&action=publish')).status).toBe(200)
    const refused = [
      viewer.api.post('/api/users/invitations', { email: newEmail() }),
      viewer.api.post('/api/keys', { name: 'x', scopes: ['publish'] }),
      viewer.api.post('/api/settings', { key: 'app.x', value: 1 }),
      viewer.api.patch(`/api/users/${viewer.id}`, { role: 'admin' }),
      viewer.api.delete(`/api/users/${viewer.id}`),
      viewer.api.delete('/api/logs'),
      viewer.api.delete('/api/keys/x'),
      viewer.api.get('/api/sessions?all=1'),
      viewer.api.post('/api/broadcast', { a: 1 }),
      viewer.api.post('/api/auth/tokens', { sub: 'x' }),
    ]
    for (const answer of await Promise.all(refused)) expect(answer.body).toMatchObject({ status: 403 })
  })

  it('changes their own name and nobody else’s', async () => {
    const [viewer, other] = [
      await invite(use.server, newEmail(), 'viewer'),
      await invite(use.server, newEmail(), 'viewer'),
    ]
    expect((await viewer.api.patch(`/api/users/${viewer.id}`, { name: ' Ada ' })).body).toMatchObject({ name: 'Ada' })
    expect((await viewer.api.get('/api/auth/me')).body).toMatchObject({ user: { name: 'Ada' } })
    expect((await viewer.api.patch(`/api/users/${other.id}`, { name: 'Eve' })).status).toBe(403)
    expect((await viewer.api.patch(`/api/users/${viewer.id}`, {})).status).toBe(400)
  })
})

describe('an admin', () => {
  it('changes a role, which counts at once', async () => {
    const person = await invite(use.server, newEmail(), 'viewer')
    expect((await person.api.post('/api/settings', { key: 'app.x', value: 1 })).status).toBe(403)
    expect((await use.as().patch(`/api/users/${person.id}`, { role: 'admin' })).body).toMatchObject({ role: 'admin' })
    expect((await person.api.post('/api/settings', { key: 'app.x', value: 1 })).status).toBe(200)
    expect((await use.as().patch(`/api/users/${person.id}`, { role: 'viewer' })).status).toBe(200)
    expect((await person.api.post('/api/settings', { key: 'app.x', value: 1 })).status).toBe(403)
  })

  it('deletes a user, whose sessions and streams end with that', async () => {
    const person = await invite(use.server, newEmail(), 'viewer')
    const stream = await use.follow(['orders/1'], { token: person.token })
    expect((await use.as().delete(`/api/users/${person.id}`)).status).toBe(204)
    await stream.waitFor((frame) => frame.body.type === 'disconnect' && frame.body.reason === 'expired')
    expect((await person.api.get('/api/auth/me')).status).toBe(401)
    expect((await use.as().delete(`/api/users/${person.id}`)).status).toBe(404)
  })

  it('is kept when there is no other, even if two demote each other at once', async () => {
    const { body } = await use.as().get<{ users: UserAccount[] }>('/api/users?limit=500')
    const admins = body.users.filter(({ role }) => role === 'admin')
    expect(admins).toHaveLength(1)
    const [first] = admins
    expect((await use.as().delete(`/api/users/${first!.id}`)).body).toMatchObject({ status: 409, code: 'conflict' })
    expect((await use.as().patch(`/api/users/${first!.id}`, { role: 'viewer' })).status).toBe(409)
    const second = await invite(use.server, newEmail(), 'admin')
    const outcomes = await Promise.all(
      [first!.id, second.id].map((id) => use.as().patch(`/api/users/${id}`, { role: 'viewer' })),
    )
    expect(outcomes.map(({ status }) => String(status)).sort()).toEqual(['200', '409'])
    await use.as().patch(`/api/users/${first!.id}`, { role: 'admin' })
  })
})

describe('one’s own password', () => {
  it('is changed by who knows the old one, and ends one’s other sessions', async () => {
    const email = newEmail()
    const person = await invite(use.server, email, 'viewer')
    const elsewhere = await signIn(use.server, email)
    const change = (oldPassword: string | undefined, newPassword: string) =>
      person.api.post('/api/auth/password', { oldPassword, newPassword })
    expect((await change(undefined, 'another long one')).body).toMatchObject({ errors: [{ path: 'oldPassword' }] })
    expect((await change('not the old one', 'another long one')).body).toMatchObject({
      errors: [{ path: 'oldPassword' }],
    })
    expect((await change(GOOD_PASSWORD, 'short')).body).toMatchObject({ errors: [{ path: 'newPassword' }] })
    expect((await change(GOOD_PASSWORD, 'another long one')).status).toBe(204)
    expect((await person.api.get('/api/auth/me')).status).toBe(200)
    expect((await elsewhere.api.get('/api/auth/me')).status).toBe(401)
    expect((await api(use.server, null).post('/api/auth/login', { email, password: GOOD_PASSWORD })).status).toBe(401)
    await signIn(use.server, email, 'another long one')
  })

  it('can’t be guessed through a session that was stolen', async () => {
    const person = await invite(use.server, newEmail(), 'viewer')
    const body = { oldPassword: 'a guess', newPassword: 'another long one' }
    const guess = () => person.api.post('/api/auth/password', body, { 'x-forwarded-for': '203.0.113.1' })
    const codes: number[] = []
    // On a slow machine a guess may be forgiven meanwhile.
    while (codes.at(-1) !== 429 && codes.length < 12) codes.push((await guess()).status)
    expect(codes.slice(0, 4)).toEqual([400, 400, 400, 400])
    expect(codes.at(-1)).toBe(429)
  })

  it('is not changed here when the environment sets it, nor by a key', async () => {
    const { adminEmail, adminPassword } = use.server
    const admin = await signIn(use.server, adminEmail, adminPassword)
    const body = { oldPassword: adminPassword, newPassword: 'another long one' }
    expect((await admin.api.post('/api/auth/password', body)).body).toMatchObject({ code: 'conflict' })
    expect((await use.as().post('/api/auth/password', body)).status).toBe(403)
    expect((await use.as(null).post('/api/auth/password', body)).status).toBe(401)
  })
})

describe('a session', () => {
  it('is listed with where it came from, and ended by its user', async () => {
    const email = newEmail()
    const [here, there] = [await invite(use.server, email, 'viewer'), await signIn(use.server, email)]
    const { body } = await here.api.get<{ sessions: SessionInfo[] }>('/api/sessions')
    expect(body.sessions).toHaveLength(2)
    expect(body.sessions.filter(({ current }) => current)).toHaveLength(1)
    expect(body.sessions[0]).toMatchObject({ ip: expect.stringMatching(/^198\.51\./), user: { email }, current: false })
    expect(JSON.stringify(body)).not.toContain(there.token.slice(3))
    const stream = await use.follow(['orders/1'], { token: there.token })
    expect((await here.api.delete(`/api/sessions/${body.sessions[0]!.id}`)).status).toBe(204)
    await stream.waitFor((frame) => frame.body.type === 'disconnect')
    expect((await there.api.get('/api/auth/me')).status).toBe(401)
    expect((await here.api.get('/api/auth/me')).status).toBe(200)
  })

  it('is not another’s to see or end, but an admin’s', async () => {
    const [ada, eve] = [await invite(use.server, newEmail(), 'viewer'), await invite(use.server, newEmail(), 'viewer')]
    const [session] = (await ada.api.get<{ sessions: SessionInfo[] }>('/api/sessions')).body.sessions
    expect((await eve.api.delete(`/api/sessions/${session!.id}`)).status).toBe(404)
    expect((await ada.api.get('/api/auth/me')).status).toBe(200)
    const { body } = await use.as().get<{ sessions: SessionInfo[] }>('/api/sessions?all=1&limit=500')
    expect(body.sessions.map(({ id }) => id)).toContain(session!.id)
    expect((await use.as().delete(`/api/sessions/${session!.id}`)).status).toBe(204)
    expect((await ada.api.get('/api/auth/me')).status).toBe(401)
  })

  it('remains alone when all others are ended', async () => {
    const email = newEmail()
    const here = await invite(use.server, email, 'viewer')
    await signIn(use.server, email)
    await signIn(use.server, email)
    expect((await here.api.delete('/api/sessions')).body).toEqual({ ended: 2 })
    expect((await here.api.get<{ sessions: SessionInfo[] }>('/api/sessions')).body.sessions).toMatchObject([
      { current: true },
    ])
  })
})

it('writes who did what from where into the log', async () => {
  const email = newEmail()
  const person = await invite(use.server, email, 'viewer')
  await use.as(null).post('/api/auth/login', { email, password: 'a wrong password' })
  await use.as().delete(`/api/users/${person.id}`)
  const seen = async (type: string, data: object) => {
    const found = await until(async () => (await logsOf(type)).find((log) => matches(log.data ?? {}, data)), {
      what: type,
    })
    expect(found.actor, type).not.toBeNull()
    expect(found.data, type).toMatchObject({ ip: expect.stringMatching(/^(127\.0\.0\.1|198\.51\.\d+\.\d+)$/) })
  }
  await seen('user_invited', { email })
  await seen('invitation_accepted', { email })
  await seen('sign_in', { by: 'invitation' })
  await seen('sign_in_failed', { userId: person.id })
  await seen('user_deleted', { email })
  expect(JSON.stringify(await logsOf('sign_in_failed'))).not.toContain('a wrong password')
})

function matches(data: Record<string, unknown>, wanted: object): boolean {
  return Object.entries(wanted).every(([key, value]) => data[key] === value)
}
