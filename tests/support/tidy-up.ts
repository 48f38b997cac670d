import { afterAll, vi } from 'vitest'

// For files that share a process: none finds the clock or the globals that the one before it put in their place.
afterAll(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})
