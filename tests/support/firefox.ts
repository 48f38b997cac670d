import { type Browser, launch } from 'puppeteer-core'
import { findFirefox } from '../../scripts/test-parts.mjs'

/** Where Firefox lies on this machine; null without one, and tests that need it are skipped. */
export const firefoxPath = findFirefox()

/** A camera and a microphone of the browser's making, and a yes to every request for one. */
export const FAKE_DEVICE_PREFS = {
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'media.autoplay.default': 0,
  'media.peerconnection.ice.loopback': true,
}

/** Starts a headless Firefox over WebDriver BiDi. Close it when done. */
export function launchFirefox(prefs: Record<string, unknown> = {}): Promise<Browser> {
  if (firefoxPath === null) throw new Error('no Firefox on this machine')
  return launch({ browser: 'firefox', executablePath: firefoxPath, headless: true, extraPrefsFirefox: prefs })
}
