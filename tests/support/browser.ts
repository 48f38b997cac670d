import { type Browser, chromium } from 'playwright-core'
import { findChromium, findHeadlessShell } from '../../scripts/test-parts.mjs'

const FLAGS = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Where Chromium lies on this machine; null without one, and tests that need it are skipped. */
export const chromiumPath = findChromium()

/** What shows pages that need no window around them: Chromium's lighter build, where it is there. */
const pagesPath = process.env.CHROMIUM_PATH ? chromiumPath : (findHeadlessShell() ?? chromiumPath)

/** Gives every page a camera and a microphone of the browser's making, and every request for one a yes, unasked. */
export const FAKE_DEVICES = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // On a machine without a network, what is left to meet on.
  '--allow-loopback-in-peer-connection',
]

/** Starts a headless Chromium, with further flags, and by another program, where they are given. Close it when done. */
export function launchBrowser(flags: readonly string[] = [], program = chromiumPath): Promise<Browser> {
  if (program === null) throw new Error('no Chromium on this machine')
  return chromium.launch({ executablePath: program, args: [...FLAGS, ...flags] })
}

/** Starts the lightest Chromium of this machine, which can ask a person for nothing. Close it when done. */
export function launchPages(flags: readonly string[] = []): Promise<Browser> {
  return launchBrowser(flags, pagesPath)
}
