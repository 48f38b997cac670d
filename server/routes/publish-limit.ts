import { type Quota, YayinError } from '../../shared/errors.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import { TokenBuckets } from '../hub/token-bucket.ts'

/** Takes `messages` off what a publisher may publish now; null while there is no limit. @throws YayinError `rate_limited` */
export type PublishLimit = (actor: string, messages: number) => Quota | null

/** Creates the limit on what one key, user or admin publishes (setting `publish_rate_limit`). */
export function createPublishLimit(settings: Pick<LiveSettings, 'values'>, now: () => number = Date.now): PublishLimit {
  const buckets = new TokenBuckets()
  return (actor, messages) => {
    const perSecond = settings.values.publish_rate_limit
    if (perSecond === 0) return null
    const burst = Math.max(1, perSecond)
    const waitSeconds = buckets.take(actor, messages, perSecond, burst, now())
    const remaining = Math.max(0, Math.floor(buckets.left(actor)))
    const policy = { name: 'publish', limit: Math.floor(burst), windowSeconds: Math.ceil(burst / perSecond) }
    if (waitSeconds === 0) return { ...policy, remaining, resetSeconds: policy.windowSeconds }
    throw new YayinError('rate_limited', `more than ${perSecond} messages a second were published by this caller`, {
      retryAfterSeconds: waitSeconds,
      quota: { ...policy, remaining: 0, resetSeconds: Math.ceil(waitSeconds) },
    })
  }
}
