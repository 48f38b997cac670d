import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '../support/api.ts'
import { chromiumPath } from '../support/browser.ts'
import { freePort } from '../support/free-port.ts'
import { nginxPath, type NginxSites, startNginxSites } from '../support/nginx-sites.ts'
import { until } from '../support/until.ts'
import { connectionState, joinAs, signOut, useStage } from '../e2e/support.ts'

const PATH = '/realtime/hub'
const DIRECTIVES = `proxy_http_version 1.1; proxy_buffering off;
  proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection "upgrade";
  proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;`

describe.skipIf(chromiumPath === null || nginxPath === null)('the hub below a path that nginx takes off', () => {
  let port: number
  let nginx: NginxSites<'site'>
  const stage = useStage({
    env: async () => {
      port = await freePort()
      return { PUBLIC_URL: `http://127.0.0.1:${port}${PATH}/`, TRUST_PROXY: '1' }
    },
  })
  beforeAll(async () => {
    nginx = await startNginxSites(`http://127.0.0.1:${stage.server.port}`, { site: DIRECTIVES }, { path: PATH, port })
  })
  afterAll(() => nginx?.stop())

  it('signs in by the printed link, and shows every page live, asking for nothing beside the path', async () => {
    const link = await until(() => /http:\S+#code=\S+/.exec(stage.server.logs())?.[0], { deadlineMs: 15_000 })
    expect(link).toContain(`${nginx.urls.site}/#code=`)
    const page = await stage.newPage()
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(link)
    await connectionState(page, 'live')
    expect((await page.context().cookies()).map(({ path }) => path)).toEqual([PATH])
    await api(stage.server).post('/api/broadcast', { channel: 'public/a', text: 'below the path' })
    await page.getByRole('option').filter({ hasText: 'below the path' }).waitFor()
    for (const name of ['Connections', 'Messages', 'Publish', 'Logs', 'Settings', 'Users']) {
      await page.getByRole('link', { name, exact: true }).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
      expect(page.url()).toBe(`${nginx.urls.site}/${name.toLowerCase()}`)
    }
    await page.getByRole('row').filter({ hasText: stage.server.adminEmail }).waitFor()
    await page.reload()
    await connectionState(page, 'live')
    await page.getByRole('heading', { level: 1, name: 'Users' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor()
    expect(asked.length).toBeGreaterThan(20)
    expect(asked.filter((url) => !url.startsWith(`${nginx.urls.site}/`))).toEqual([])
    await signOut(page)
    await page.getByLabel('E-mail').waitFor()
    expect(await page.context().cookies()).toEqual([])
  })

  it('lets somebody in by an invitation, and shows rooms and the papers', async () => {
    const page = await stage.newPage()
    await joinAs(stage, page, { email: 'ada@example.org', name: 'Ada', role: 'viewer' })
    expect(page.url()).toBe(`${nginx.urls.site}/`)
    const room = { roomId: 'team', name: 'The team’s room' }
    expect((await api(stage.server).post('/api/video/rooms', room)).status).toBe(201)
    await page.goto(`${nginx.urls.site}/rooms/team`)
    await page.getByText('The team’s room').first().waitFor()
    await page.goto(`${nginx.urls.site}/docs`)
    await page.getByRole('heading', { level: 1 }).first().waitFor()
    expect(await page.evaluate(() => document.styleSheets[0]!.cssRules.length)).toBeGreaterThan(0)
  })

  it.each(['sse', 'ws'])(
    'brings messages to the client library that lies there when its transport is %s',
    async (transport) => {
      const page = await stage.newPage()
      await page.goto(`${nginx.urls.site}/docs`)
      // As text: what reads these tests would take the import for one of its own.
      const options = JSON.stringify({ url: `${PATH}/`, transport, channels: ['public/lib'] })
      const heard =
        page.evaluate(`import(${JSON.stringify(`${nginx.urls.site}/lib/client.js`)}).then(({ createClient }) =>
      new Promise((resolve) => createClient(${options}).onMessage(({ text }) => resolve(text))))`)
      const publish = () => api(stage.server).post('/api/broadcast', { channel: 'public/lib', text: transport })
      await until(async () => Number((await publish()).body.recipients) > 0, { deadlineMs: 15_000, everyMs: 50 })
      expect(await heard).toBe(transport)
    },
  )
})
