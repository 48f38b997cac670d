import type { Ice } from './room-api.ts'

const EARLIEST_MS = 10_000
const AGAIN_MS = 30_000
/** The longest wait that a timer takes. */
const LONGEST_MS = 2 ** 31 - 1

/** Says in how many milliseconds to fetch new credentials: well before these end; null when they don't. */
export function renewalInMs({ iceExpiresAt }: Pick<Ice, 'iceExpiresAt'>, nowMs: number): number | null {
  if (iceExpiresAt === null) return null
  const leftMs = Date.parse(iceExpiresAt) - nowMs
  return Math.min(LONGEST_MS, Math.max(EARLIEST_MS, leftMs * 0.8))
}

/** Keeps the credentials of TURN servers fresh, until `signal` ends it. */
export function keepIceFresh(
  first: Ice,
  fetchIce: () => Promise<Ice>,
  use: (ice: Ice) => void,
  signal: AbortSignal,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  signal.addEventListener('abort', () => clearTimeout(timer))

  function schedule(waitMs: number | null) {
    if (waitMs !== null && !signal.aborted) timer = setTimeout(() => void renew(), waitMs)
  }

  async function renew() {
    try {
      const ice = await fetchIce()
      if (signal.aborted) return
      use(ice)
      schedule(renewalInMs(ice, Date.now()))
    } catch {
      schedule(AGAIN_MS)
    }
  }

  schedule(renewalInMs(first, Date.now()))
}
