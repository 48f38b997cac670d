import type { Page } from 'playwright-core'
import { api } from '../support/api.ts'
import type { TestServer } from '../support/server.ts'

/** What stands before a page, by the address that opens it. */
export const DIALOGS = [
  '/keys?create=1',
  '/users?invite=1',
  '/video?open=1',
  '/video?room=team',
  '/sessions?password=1',
  '/webhooks?create=1',
]

/** Fills a server with one of each thing that pages show. */
export async function stock(server: TestServer): Promise<void> {
  const admin = api(server)
  await admin.post('/api/broadcast', { channel: 'shop/orders', type: 'order_paid', total: 49 })
  await admin.post('/api/keys', { name: 'Shop', scopes: ['publish', 'admin'], channels: ['shop/**'] })
  await admin.post('/api/users/invitations', { email: 'new@example.org', role: 'viewer' })
  await admin.post('/api/video/rooms', { roomId: 'team', name: 'Team', passcode: '1' })
  await api(server, null).post('/api/video/rooms/team/join', { displayName: 'Ada', passcode: '1' })
  await admin.post('/api/webhooks', { name: 'Shop', url: 'https://shop.example/', events: ['room.ended'] })
}

/** Waits until nothing holds the place of something else. */
export async function filled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.animate-shimmer, .animate-breathe') === null)
}
