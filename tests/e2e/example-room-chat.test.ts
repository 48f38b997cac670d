import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium, findPythonWebsockets } from '../../scripts/test-parts.mjs'
import { type Example, startExample } from '../support/example.ts'
import { until } from '../support/until.ts'
import { useStage } from './support.ts'

const DEADLINE = { timeout: 15_000 }
const CLIENT = fileURLToPath(new URL('../../examples/room-chat/client.py', import.meta.url))
const python = findPythonWebsockets()

describe.skipIf(findChromium() === null)('the example of a room chat', () => {
  const stage = useStage()
  const programs: ChildProcessWithoutNullStreams[] = []
  let example: Example

  beforeAll(async () => {
    example = await startExample('room-chat', { YAYIN_URL: stage.server.url, YAYIN_KEY: stage.server.apiKey })
  })
  afterAll(async () => {
    for (const program of programs) program.kill('SIGKILL')
    await example?.stop()
  })

  async function comeIn(name: string): Promise<Page> {
    const page = await stage.newPage()
    await page.goto(example.url)
    await page.getByLabel('Your name').fill(name)
    await page.getByRole('button', { name: 'Come in' }).click()
    await page.locator('#state[data-status="live"]').waitFor(DEADLINE)
    return page
  }
  async function say(page: Page, text: string): Promise<void> {
    await page.getByLabel('Message', { exact: true }).fill(text)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
  }
  const line = (page: Page, text: string) => page.getByRole('log').getByRole('listitem').filter({ hasText: text })
  const reads = (page: Page, text: string) => line(page, text).first().waitFor(DEADLINE)
  const member = (page: Page, name: string) => page.getByRole('list', { name: 'Members' }).getByRole('button', { name })
  const conversation = (page: Page, name: string) => page.getByRole('navigation').getByRole('button', { name })

  it('brings what one writes to everybody else, once, with members, notices and the past', async () => {
    const ada = await comeIn('Ada')
    const bob = await comeIn('Bob Öztürk')
    await reads(ada, 'Bob Öztürk came in')
    await member(bob, 'Ada').waitFor(DEADLINE)
    await say(ada, 'Hello <img src=x onerror=alert(1)>')
    await reads(bob, 'Hello <img src=x onerror=alert(1)>')
    await say(bob, 'Hello Ada')
    await reads(ada, 'Bob Öztürk')
    await reads(ada, 'Hello Ada')
    expect(await bob.locator('#items img').count()).toBe(0)
    const cem = await comeIn('Cem')
    await reads(cem, 'Hello Ada')
    await say(cem, 'last')
    for (const page of [ada, bob, cem]) {
      await reads(page, 'last')
      expect(await line(page, 'Hello <img').count()).toBe(1)
      expect(await page.locator('.fate').count()).toBe(0)
    }
    await cem.close()
    await reads(ada, 'Cem has left')
    await expect.poll(() => member(ada, 'Cem').count(), { timeout: 15_000 }).toBe(0)
  })

  it('keeps rooms apart, counts what is unread, and lets one leave', async () => {
    const [ada, bob] = [await comeIn('Ada'), await comeIn('Bob')]
    for (const page of [ada, bob]) {
      await page.getByLabel('Another room').fill('garden')
      await page.getByLabel('Another room').press('Enter')
      await page.getByRole('heading', { name: 'garden' }).waitFor(DEADLINE)
    }
    await member(ada, 'Bob').waitFor(DEADLINE)
    await conversation(bob, 'lobby').click()
    await say(ada, 'only in the garden')
    await conversation(bob, 'garden').getByText('1', { exact: true }).waitFor(DEADLINE)
    await say(bob, 'only in the lobby')
    await reads(bob, 'only in the lobby')
    expect(await line(bob, 'only in the garden').count()).toBe(0)
    await conversation(bob, 'garden').click()
    await reads(bob, 'only in the garden')
    await bob.getByRole('button', { name: 'Leave room' }).click()
    await reads(ada, 'Bob has left')
    expect(await line(ada, 'only in the lobby').count()).toBe(0)
  })

  it('shows a private message to two people alone, and still after a reload', async () => {
    const [ada, bob, cem] = [await comeIn('Ada'), await comeIn('Bobby'), await comeIn('Cem')]
    await member(ada, 'Bobby').click()
    await say(ada, 'between us')
    await reads(ada, 'between us')
    await conversation(bob, 'Ada').click()
    await reads(bob, 'between us')
    await say(bob, 'I see')
    await reads(ada, 'I see')
    await ada.reload()
    await conversation(ada, 'Bobby').click()
    await reads(ada, 'I see')
    expect(await line(ada, 'between us').count()).toBe(1)
    expect(await cem.getByText('between us').count()).toBe(0)
    expect(await conversation(cem, 'Ada').count()).toBe(0)
  })

  it.skipIf(python === null)('lets Python’s client chat with a browser', async () => {
    const ada = await comeIn('Ada')
    const program = spawn(python!, [CLIENT, '--site', example.url, '--name', 'Deniz', '--room', 'lobby'])
    programs.push(program)
    let printed = ''
    for (const stream of [program.stdout, program.stderr])
      stream.on('data', (text: Buffer) => (printed += String(text)))
    const prints = (text: string) =>
      until(() => printed.includes(text), { deadlineMs: 15_000, what: `${text} in ${printed}` })
    await prints('* you are in lobby')
    await reads(ada, 'Deniz came in')
    program.stdin.write('Merhaba from Python\n')
    await reads(ada, 'Merhaba from Python')
    await say(ada, 'Merhaba from the browser')
    await prints('Ada: Merhaba from the browser')
    program.stdin.write('/members\n')
    await prints('* here: Ada, Deniz')
    program.stdin.write('/history\n')
    await prints('  Deniz: Merhaba from Python')
    await ada.close()
    await prints('* Ada has left')
    program.stdin.write('/quit\n')
    await until(() => program.exitCode === 0, { deadlineMs: 15_000, what: 'it ends' })
    expect(printed.match(/^Ada: Merhaba from the browser$/gm)).toHaveLength(1)
  })
})
