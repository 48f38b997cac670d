import { YayinError } from '../../shared/errors.ts'
import { isLoopback, networkOf } from '../../shared/network.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import { TokenBuckets } from './token-bucket.ts'

/** How many seconds' worth of connections may come at once: all clients of an office, after a restart. */
const BURST_SECONDS = 10

/** Limits how fast new connections come from one address (setting `connect_rate_limit`). */
export class ConnectLimit {
  readonly #buckets = new TokenBuckets()
  readonly #settings: Pick<LiveSettings, 'values'>

  constructor(settings: Pick<LiveSettings, 'values'>) {
    this.#settings = settings
  }

  /** Counts a newcomer, whatever becomes of it. @throws YayinError `rate_limited` */
  take(ip: string, nowMs: number): void {
    const perSecond = this.#settings.values.connect_rate_limit
    // A proxy on this machine that is not told of by TRUST_PROXY brings everybody's connections.
    if (perSecond === 0 || isLoopback(ip)) return
    const burst = Math.max(1, perSecond * BURST_SECONDS)
    const waitSeconds = this.#buckets.take(networkOf(ip), 1, perSecond, burst, nowMs)
    if (waitSeconds === 0) return
    throw new YayinError('rate_limited', `more than ${perSecond} connections a second came from this address`, {
      retryAfterSeconds: waitSeconds,
      quota: {
        name: 'connect',
        limit: Math.floor(burst),
        windowSeconds: BURST_SECONDS,
        remaining: 0,
        resetSeconds: Math.ceil(waitSeconds),
      },
    })
  }

  /** Takes back that a newcomer was counted, who is to be counted anew. */
  giveBack(ip: string): void {
    this.#buckets.giveBack(networkOf(ip), 1)
  }
}
