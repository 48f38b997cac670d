import { describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { openEvents } from '../support/sse.ts'
import { joinSocket } from '../support/ws.ts'
import { openRaw, splitHead } from '../support/raw.ts'
import { startLightServer } from '../support/light-server.ts'
import { useServer } from '../support/use-server.ts'

/** Sends a request that is written out by hand; resolves with the answer's head and body. */
async function ask(server: { port: number }, lines: string[]): Promise<{ head: string; body: string }> {
  const connection = openRaw(server, [...lines, 'Connection: close', '', ''].join('\r\n'))
  return splitHead(await connection.ended)
}

describe('a server on this machine alone', () => {
  const use = useServer()

  it('is not reached by a name that was made to point to it', async () => {
    for (const path of ['/', '/api/events', '/api/stats', '/api/auth/me', '/docs', '/healthz']) {
      const { head, body } = await ask(use.server, [`GET ${path} HTTP/1.1`, 'Host: evil.example:3000'])
      expect(head, path).toMatch(/^HTTP\/1\.1 403 /)
      expect(JSON.parse(body), path).toMatchObject({
        code: 'forbidden_host',
        detail: expect.stringContaining('PUBLIC_URL'),
      })
    }
    const post = ['POST /api/broadcast HTTP/1.1', 'Host: evil.example', `Authorization: Bearer ${use.server.apiKey}`]
    const body = '{"a":1}'
    const refused = await ask(use.server, [...post, 'Content-Type: application/json', `Content-Length: ${body.length}`])
    expect(refused.head).toMatch(/^HTTP\/1\.1 403 /)
    expect((await ask(use.server, ['GET /healthz HTTP/1.1', 'Host: [::1]:3000'])).head).toMatch(/^HTTP\/1\.1 200 /)
  })

  it('lets its pages and the papers load from itself alone, without inline script', async () => {
    for (const path of ['/', '/docs']) {
      const response = await fetch(use.server.url + path)
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy, path).toContain("default-src 'self'")
      expect(policy, path).not.toMatch(/unsafe|\*|https?:/)
      const html = await response.text()
      expect(html, path).not.toMatch(/<script(?![^>]*\ssrc=)|\sstyle=|<style|\son\w+=/)
      expect(html.match(/(?:src|href)="https?:[^"]*"/g) ?? [], path).toEqual([])
      expect(response.headers.get('strict-transport-security'), path).toBeNull()
      expect(response.headers.get('x-content-type-options'), path).toBe('nosniff')
    }
    expect((await fetch(`${use.server.url}/docs/style.css`)).headers.get('content-type')).toMatch(/^text\/css/)
  })

  it('tells other origins nothing', async () => {
    const { headers } = await use.as().get('/api/stats', { origin: 'https://app.example' })
    expect(headers.get('access-control-allow-origin')).toBeNull()
  })

  it('takes no address from a header when no proxy is trusted', async () => {
    const stream = await use.follow(['broadcast'], { headers: { 'X-Forwarded-For': '203.0.113.9' } })
    expect((await use.as().get(`/api/connections/${stream.connectionId}`)).body.ip).toBe('127.0.0.1')
  })
})

describe('a server behind a proxy', () => {
  const use = useServer(() =>
    startLightServer({
      hasPassword: true,
      env: {
        BROKER: 'local',
        TRUST_PROXY: '1',
        PUBLIC_URL: 'https://hub.example.org/hub/',
        CORS_ORIGINS: 'https://app.example',
      },
    }),
  )
  const host = 'hub.example.org'

  it('believes the last hop alone, whatever the client wrote before it', async () => {
    const forged = { 'X-Forwarded-For': '203.0.113.9, 127.0.0.1, 198.51.100.7' }
    const stream = await use.follow(['broadcast'], { headers: forged })
    expect((await use.as().get(`/api/connections/${stream.connectionId}`)).body.ip).toBe('198.51.100.7')
    const guess = () =>
      api(use.server, null).post(
        '/api/auth/login',
        { code: 'guess' },
        { 'x-forwarded-for': `${Math.random()}, 198.51.100.8` },
      )
    const outcomes = []
    for (let i = 0; i < 11; i++) outcomes.push((await guess()).status)
    expect(outcomes).toEqual([...Array<number>(10).fill(401), 429])
  })

  it('keeps browsers to https, and the cookie too', async () => {
    const byName = await ask(use.server, ['GET /api/auth/me HTTP/1.1', `Host: ${host}`])
    expect(byName.head).toContain('Strict-Transport-Security: max-age=31536000')
    const { adminEmail: email, adminPassword: password } = use.server
    const login = await use.as(null).post('/api/auth/login', { email, password }, { 'x-forwarded-proto': 'https' })
    expect(login.headers.getSetCookie()[0]).toMatch(/; Secure$/)
    expect(login.headers.get('strict-transport-security')).toBe('max-age=31536000')
    expect((await use.as(null).get('/healthz')).headers.get('strict-transport-security')).toBeNull()
  })

  it('lies below the path of its address, whether the proxy takes the path off or not', async () => {
    const html = async (path: string) => await (await fetch(use.server.url + path)).text()
    const pages = await Promise.all(['/logs?level=warn', '/hub/logs?level=warn', '/hub', '/hub/'].map(html))
    expect(pages[0]).toContain('<html data-base="/hub" ')
    expect(new Set(pages).size).toBe(1)
    const files = [...pages[0]!.matchAll(/ (?:src|href)="([^"]+)"/g)].map(([, file]) => file!)
    expect(files.length).toBeGreaterThan(5)
    for (const file of [...files, '/hub/lib/client.js', '/hub/docs/style.css']) {
      expect(file).toMatch(/^\/hub\//)
      for (const address of [file, file.slice('/hub'.length)]) {
        const { status, headers } = await fetch(use.server.url + address)
        expect([address, status, headers.get('content-type')?.includes('html')]).toEqual([address, 200, false])
      }
    }
    expect(await html('/hub/docs')).toContain('href="/hub/docs/style.css"')
    expect((await use.as().get('/hub/openapi.json')).body.servers).toEqual([{ url: '/hub' }])

    const { adminEmail: email, adminPassword: password } = use.server
    const signedIn = await use.as(null).post('/api/auth/login', { email, password })
    expect(signedIn.headers.getSetCookie()[0]).toContain('; Path=/hub; ')
    const invited = await use.as().post('/hub/api/users/invitations', { email: 'eve@example.org', role: 'viewer' })
    expect(invited.body.url).toMatch(/^https:\/\/hub\.example\.org\/hub\/#invite=/)
    const address = use.server.url + '/hub'
    const stream = await openEvents(address, { channels: ['public/below'] })
    await stream.waitFor(({ body }) => body.type === 'connected')
    const socket = await joinSocket(use.server, '/hub/ws/public/below')
    expect((await use.as().post('/hub/api/broadcast', { channel: 'public/below' })).status).toBe(200)
    await stream.waitFor(({ body }) => body.channel === 'public/below')
    await socket.waitFor({ type: 'message' })
    stream.close()
  })

  it('lets the listed origin in by token, and never with the cookie', async () => {
    const preflight = await fetch(`${use.server.url}/api/broadcast`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'POST' },
    })
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull()
    const { headers } = await use.as().get('/api/stats', { origin: 'https://evil.example' })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    expect(headers.get('vary')).toBe('Origin')
  })

  it('gives the listed origin the client library, and no other', async () => {
    const library = (origin: string) => fetch(`${use.server.url}/lib/client.js`, { headers: { origin } })
    const [listed, other] = await Promise.all(['https://app.example', 'https://evil.example'].map(library))
    expect([listed!.status, listed!.headers.get('access-control-allow-origin')]).toEqual([200, 'https://app.example'])
    expect(other!.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('limits', () => {
  const use = useServer(() => startLightServer({ env: { BROKER: 'local', TRUST_PROXY: '1' } }))

  it('tell a publisher what is left, and when to come again', async () => {
    await use.set('publish_rate_limit', 3)
    const first = await use.as().post('/api/broadcast', [{ a: 1 }, { a: 2 }])
    expect(first.status).toBe(200)
    expect(first.headers.get('ratelimit-policy')).toBe('"publish";q=3;w=1')
    expect(first.headers.get('ratelimit')).toBe('"publish";r=1;t=1')
    const slow = await use
      .as()
      .post('/api/broadcast?channel=x', [{}, {}, {}], { 'content-type': 'application/json; charset=UTF-8; a=b' })
    expect([slow.status, slow.body.code]).toEqual([429, 'rate_limited'])
    expect(slow.headers.get('retry-after')).toBe('1')
    expect(slow.headers.get('ratelimit')).toMatch(/^"publish";r=0;t=[12]$/)
    await use.set('publish_rate_limit', 0)
    const free = await use.as().post('/api/broadcast', {})
    expect([free.status, free.headers.get('ratelimit')]).toEqual([200, null])
  })

  it('hold back an address that opens too many streams, and no other', async () => {
    await use.set('connect_rate_limit', 0.2)
    const open = (address: string) => use.open({ channels: ['broadcast'], headers: { 'X-Forwarded-For': address } })
    const headers = { 'X-Forwarded-For': '203.0.113.1' }
    expect((await use.open({ channels: ['secret'], headers })).status).toBe(401)
    expect((await open('203.0.113.1')).status).toBe(200)
    const refused = await open('203.0.113.1')
    expect(refused.status).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(refused.headers['ratelimit-policy']).toBe('"connect";q=2;w=10')
    expect((await open('203.0.113.2')).status).toBe(200)
  })

  it('keep a connection to the channels that the setting allows', async () => {
    await use.set('max_channels_per_connection', 2)
    expect((await use.open({ channels: ['public/a', 'public/b', 'public/c'] })).status).toBe(400)
    const stream = await use.follow(['public/a', 'public/b'])
    const patch = (body: object) => use.as(null).patch(`/api/connections/${stream.connectionId}`, body)
    expect((await patch({ subscribe: ['public/c'] })).status).toBe(400)
    expect((await patch({ subscribe: ['public/c'], unsubscribe: ['public/a'] })).status).toBe(200)
  })
})
