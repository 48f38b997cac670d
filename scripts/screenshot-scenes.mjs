import { setTimeout as delay } from 'node:timers/promises'

/**
 * One picture: where it is taken, and what is done there first.
 * @typedef {object} Scene
 * @property {string} name
 * @property {string} path
 * @property {(page: import('playwright-core').Page) => Promise<void>} arrange
 * @property {boolean} [signedOut] taken last: nobody is signed in from then on
 */

const SETTLE_MS = 1500

/** Waits until the page is there, live and filled. @param {import('playwright-core').Page} page */
async function settle(page) {
  await page.locator('[data-testid="connection-state"][data-status="live"]').waitFor()
  await delay(SETTLE_MS)
}

/** Opens the first row of the list. @param {import('playwright-core').Page} page */
async function openFirst(page) {
  await settle(page)
  await page.locator('tbody tr[data-row]').first().press('Enter')
  await delay(SETTLE_MS)
}

/** @param {import('playwright-core').Page} page */
async function openPalette(page) {
  await settle(page)
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('match')
  await delay(SETTLE_MS)
}

/** Every picture, in the order of the pages. @type {Scene[]} */
export const SCENES = [
  { name: 'overview', path: '/', arrange: settle },
  { name: 'connections', path: '/connections', arrange: settle },
  { name: 'connection', path: '/connections?sort=-messages&transport=ws', arrange: openFirst },
  { name: 'channels', path: '/channels', arrange: settle },
  { name: 'channel', path: '/channels?channel=chat/kitchen', arrange: settle },
  { name: 'messages', path: '/messages', arrange: settle },
  { name: 'publish', path: '/publish', arrange: settle },
  { name: 'video', path: '/video', arrange: settle },
  { name: 'video-room', path: '/video?room=daily-standup', arrange: settle },
  { name: 'logs', path: '/logs', arrange: settle },
  { name: 'nodes', path: '/nodes', arrange: settle },
  { name: 'settings', path: '/settings', arrange: settle },
  { name: 'webhooks', path: '/webhooks?sort=name', arrange: settle },
  { name: 'webhook', path: '/webhooks', arrange: openFirst },
  { name: 'keys', path: '/keys', arrange: settle },
  { name: 'users', path: '/users', arrange: settle },
  { name: 'sessions', path: '/sessions?all=1', arrange: settle },
  { name: 'access', path: '/access', arrange: settle },
  { name: 'palette', path: '/', arrange: openPalette },
  { name: 'sign-in', path: '/', arrange: () => delay(SETTLE_MS), signedOut: true },
]
