import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/test-parts.mjs'

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

/** Starts a headless Chromium. Close it when done. */
export function launchBrowser(): Promise<Browser> {
  if (chromiumPath === null) throw new Error('no Chromium on this machine')
  return chromium.launch({ executablePath: chromiumPath, args: FLAGS })
}
