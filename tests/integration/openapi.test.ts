import { describe, expect, it } from 'vitest'
import { broadcast, type Operation, OPERATIONS } from '../../shared/api.ts'
import { useServer } from '../support/use-server.ts'
import { join, openRoom } from '../support/video.ts'
import { invite, startBehindProxy } from '../support/people.ts'

interface Papers {
  openapi: string
  paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, unknown>; parameters?: unknown[] }>
  >
}
/** One working call of an operation: who makes it, and what they send. */
interface Call {
  path?: string
  body?: unknown
  token?: string | null
  /** The refusal that it gets from a server that is alone, where it needs another one to succeed. */
  refusedWith?: number
}

const use = useServer(() => startBehindProxy({ WEBHOOK_PRIVATE_ADDRESSES: '127.0.0.1' }))

async function nodeName(): Promise<string> {
  return (await use.as().get<{ nodes: { node: string }[] }>('/api/nodes')).body.nodes[0]!.node
}

/** How every operation is called so that it succeeds, by method and path. */
const CALLS: Record<string, () => Call | Promise<Call>> = {
  'post /api/broadcast': () => ({ body: { a: 1 } }),
  'get /api/messages': () => ({}),
  'get /api/messages/count': () => ({}),
  'get /api/messages/export': () => ({}),
  'get /api/messages/:id': async () => ({ path: `/api/messages/${(await use.publish('papers')).id}` }),
  'get /api/channels': () => ({}),
  'get /api/channels/:name': () => ({ path: '/api/channels/broadcast' }),
  'get /api/channels/:name/messages': () => ({ path: '/api/channels/broadcast/messages' }),
  'get /api/channels/:name/presence': () => ({ path: '/api/channels/broadcast/presence' }),
  'get /api/connections': () => ({}),
  'get /api/connections/:id': async () => ({
    path: `/api/connections/${(await use.follow(['broadcast'])).connectionId}`,
  }),
  'patch /api/connections/:id': async () => {
    return {
      path: `/api/connections/${(await use.follow(['broadcast'])).connectionId}`,
      body: { subscribe: ['public/a'] },
    }
  },
  'delete /api/connections/:id': async () => ({
    path: `/api/connections/${(await use.follow(['broadcast'])).connectionId}`,
  }),
  'get /api/scheduled': async () => {
    await scheduleOne()
    return {}
  },
  'delete /api/scheduled/:id': async () => ({ path: `/api/scheduled/${await scheduleOne()}` }),
  'post /api/connections/disconnect': () => ({ body: { ids: ['nobody'] } }),
  'get /api/templates': () => ({}),
  'post /api/templates': () => ({ body: template('Order paid') }),
  'patch /api/templates/:id': async () => {
    const { body } = await use.as().post<{ id: string }>('/api/templates', template('Changed'))
    return { path: `/api/templates/${body.id}`, body: template('Changed again') }
  },
  'delete /api/templates/:id': async () => {
    const { body } = await use.as().post<{ id: string }>('/api/templates', template('Deleted'))
    return { path: `/api/templates/${body.id}` }
  },
  'get /api/stats': () => ({}),
  'get /api/stats/history': () => ({}),
  'get /api/nodes': () => ({}),
  'post /api/nodes/:node/drain': async () => ({ path: `/api/nodes/${await nodeName()}/drain`, refusedWith: 409 }),
  'delete /api/nodes/:node/drain': async () => ({ path: `/api/nodes/${await nodeName()}/drain` }),
  'get /api/logs': () => ({}),
  'get /api/logs/count': () => ({}),
  'get /api/logs/export': () => ({}),
  'delete /api/logs': () => ({}),
  'get /api/settings': () => ({}),
  'delete /api/settings/:key': async () => {
    expect((await use.as().post('/api/settings', { key: 'app.gone', value: 1 })).status).toBe(200)
    return { path: '/api/settings/app.gone' }
  },
  'post /api/settings': () => ({ body: { key: 'app.colour', value: 'red' } }),
  'post /api/auth/login': () => {
    return { body: { email: use.server.adminEmail, password: use.server.adminPassword }, token: null }
  },
  'post /api/auth/logout': () => ({ token: null }),
  'get /api/auth/me': () => ({}),
  'post /api/auth/password': async () => ({
    token: (await invite(use.server, 'password@example.org', 'viewer')).token,
    body: { oldPassword: 'mavi kedi damda uyur', newPassword: 'and now another one' },
  }),
  'post /api/auth/tokens': () => ({ body: { sub: 'ada' } }),
  'get /api/auth/explain': () => ({ path: '/api/auth/explain?anonymous=1&channel=broadcast&action=subscribe' }),
  'get /api/users': () => ({}),
  'get /api/users/invitations': () => ({}),
  'post /api/users/invitations': () => ({ body: { email: 'invited@example.org' } }),
  'delete /api/users/invitations/:id': async () => {
    const { body } = await use
      .as()
      .post<{ invitation: { id: string } }>('/api/users/invitations', { email: 'gone@example.org' })
    return { path: `/api/users/invitations/${body.invitation.id}` }
  },
  'post /api/auth/invitations/show': async () => ({ body: { code: await codeFor('show@example.org') }, token: null }),
  'post /api/auth/invitations/accept': async () => ({
    body: { code: await codeFor('accept@example.org'), password: 'mavi kedi damda uyur' },
    token: null,
  }),
  'patch /api/users/:id': async () => ({
    path: `/api/users/${(await invite(use.server, 'change@example.org', 'viewer')).id}`,
    body: { name: 'Ada' },
  }),
  'delete /api/users/:id': async () => ({
    path: `/api/users/${(await invite(use.server, 'delete@example.org', 'viewer')).id}`,
  }),
  'get /api/sessions': () => ({ path: '/api/sessions?all=1' }),
  'delete /api/sessions': async () => ({ token: (await invite(use.server, 'others@example.org', 'viewer')).token }),
  'delete /api/sessions/:id': async () => {
    const { api } = await invite(use.server, 'session@example.org', 'viewer')
    const { body } = await api.get<{ sessions: { id: string }[] }>('/api/sessions')
    return { path: `/api/sessions/${body.sessions[0]!.id}` }
  },
  'get /api/keys': () => ({}),
  'post /api/keys': () => ({ body: { name: 'shop', scopes: ['publish'] } }),
  'post /api/video/rooms': () => ({ body: { name: 'Daily' } }),
  'get /api/video/rooms': () => ({}),
  'get /api/video/rooms/:id': async () => ({ path: await roomPath() }),
  'get /api/video/rooms/:id/lobby': async () => ({ path: await roomPath('/lobby'), token: null }),
  'patch /api/video/rooms/:id': async () => ({ path: await roomPath(), body: { locked: true } }),
  'delete /api/video/rooms/:id': async () => ({ path: await roomPath() }),
  'post /api/video/rooms/:id/join': async () => {
    return { path: await roomPath('/join'), body: { displayName: 'Ada' }, token: null }
  },
  'post /api/video/rooms/:id/leave': async () => {
    const { path, token } = await seat()
    return { path: `${path}/leave`, token: null, body: { token } }
  },
  'get /api/video/rooms/:id/participants': async () => ({ path: `${(await seat()).path}/participants` }),
  'get /api/video/rooms/:id/ice-servers': async () => {
    const { path, token } = await seat()
    return { path: `${path}/ice-servers`, token }
  },
  'get /api/video/ice-servers': () => ({}),
  'patch /api/video/rooms/:id/participants/:pid': async () => {
    const { path, token, id } = await seat()
    return { path: `${path}/participants/${id}`, token, body: { hand: true } }
  },
  'post /api/video/rooms/:id/participants/:pid/remove': async () => {
    const { path, id } = await seat()
    return { path: `${path}/participants/${id}/remove` }
  },
  'post /api/video/rooms/:id/participants/:pid/mute': async () => {
    const { path, id } = await seat()
    return { path: `${path}/participants/${id}/mute` }
  },
  'post /api/webrtc/signal': async () => {
    const { room, token, id } = await seat()
    return { token, body: { roomId: room.id, to: id, signal: { kind: 'candidate', candidate: null } } }
  },
  'get /api/webhooks': () => ({}),
  'post /api/webhooks': () => ({ body: webhook }),
  'get /api/webhooks/:id': async () => ({ path: await hook() }),
  'patch /api/webhooks/:id': async () => ({ path: await hook(), body: { enabled: true } }),
  'delete /api/webhooks/:id': async () => ({ path: await hook() }),
  'post /api/webhooks/:id/rotate': async () => ({ path: `${await hook()}/rotate`, body: {} }),
  'post /api/webhooks/:id/test': async () => ({ path: `${await hook()}/test` }),
  'get /api/webhooks/:id/deliveries': async () => ({ path: `${await hook()}/deliveries` }),
  'get /api/webhooks/:id/deliveries/:deliveryId': async () => ({ path: await hookDelivery() }),
  'post /api/webhooks/:id/deliveries/:deliveryId/retry': async () => ({ path: `${await hookDelivery()}/retry` }),
  'delete /api/keys/:id': async () => {
    const { body } = await use.as().post<{ key: { id: string } }>('/api/keys', { name: 'gone', scopes: ['publish'] })
    return { path: `/api/keys/${body.key.id}` }
  },
}

/** Nobody listens there, and nothing leaves the machine. */
const webhook = { name: 'Orders', url: 'http://127.0.0.1:9/', events: ['room.started'] }

async function hook(): Promise<string> {
  const { body } = await use.as().post<{ webhook: { id: string } }>('/api/webhooks', webhook)
  return `/api/webhooks/${body.webhook.id}`
}

async function hookDelivery(): Promise<string> {
  const path = await hook()
  return `${path}/deliveries/${String((await use.as().post(`${path}/test`)).body['id'])}`
}

async function roomPath(rest = ''): Promise<string> {
  return `/api/video/rooms/${(await openRoom(use.server)).room.id}${rest}`
}

/** Somebody in a room of their own. */
async function seat() {
  const { room } = await openRoom(use.server)
  return { ...(await join(use.server, room.id)), path: `/api/video/rooms/${room.id}` }
}

async function scheduleOne(): Promise<string> {
  const deliverAt = new Date(Date.now() + 3_600_000).toISOString()
  const { status, body } = await use.as().post(`/api/broadcast?deliverAt=${deliverAt}`, { n: 1 })
  expect(status).toBe(202)
  expect(broadcast.accepted?.safeParse(body).error).toBeUndefined()
  return String(body.scheduledId)
}

function template(name: string) {
  return { name, channel: 'orders/7', content: '{"total":49}' }
}

async function codeFor(email: string): Promise<string> {
  const { body } = await use.as().post('/api/users/invitations', { email })
  return new URL(String(body.url)).hash.slice('#invite='.length)
}

const nameOf = ({ method, path }: Pick<Operation, 'method' | 'path'>) => `${method} ${path}`

async function papers(): Promise<Papers> {
  return (await use.as(null).get<Papers>('/openapi.json')).body
}

describe('the papers', () => {
  it('list every operation once, under a name of its own', async () => {
    const { openapi, paths } = await papers()
    expect(openapi).toBe('3.1.0')
    const listed = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    )
    const operations = OPERATIONS.map((operation) => nameOf(operation).replace(/:(\w+)/g, '{$1}'))
    const others = ['get /api/events', 'get /healthz', 'get /metrics', 'get /readyz']
    expect(listed.sort()).toEqual([...operations, ...others].sort())
    const ids = Object.values(paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('refer to nothing that is not there', async () => {
    const document = await papers()
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map((match) => match[1]!)
    expect(refs.length).toBeGreaterThan(100)
    for (const ref of new Set(refs)) {
      const target = ref
        .split('/')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], document)
      expect(target, ref).toBeDefined()
    }
  })

  it('are shown to people at /docs, every operation of them', async () => {
    const html = await (await fetch(`${use.server.url}/docs`)).text()
    for (const methods of Object.values((await papers()).paths)) {
      for (const { operationId } of Object.values(methods)) expect(html).toContain(`<article id="${operationId}">`)
    }
  })
})

describe('an operation', () => {
  it.each(OPERATIONS.map((operation) => [nameOf(operation), operation] as const))(
    'answers as the papers say when it is called: %s',
    async (name, operation) => {
      const call = await CALLS[name]?.()
      expect(call, `no call of ${name} is known to this test`).toBeDefined()
      const { path = operation.path, body, token, refusedWith } = call!
      const client = use.as(token)
      const method = operation.method
      const answer = method === 'get' ? await client.get(path) : await client[method](path, body)
      if (refusedWith !== undefined) {
        expect(answer.status).toBe(refusedWith)
        expect(operation.refusals).toContain(refusedWith)
        return
      }
      expect(answer.status, JSON.stringify(answer.body)).toBe(operation.status)
      if (operation.status === 204) expect(answer.body).toBeNull()
      else expect(operation.response.safeParse(answer.body).error).toBeUndefined()
    },
  )

  it.each(
    OPERATIONS.filter(({ access }) => access !== 'open').map((operation) => [nameOf(operation), operation] as const),
  )('is closed to nobody in particular: %s', async (_name, { method, path }) => {
    const target = path.replace(/:\w+/, 'x')
    const client = use.as(null)
    const { status, headers } = method === 'get' ? await client.get(target) : await client[method](target, undefined)
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  })
})
