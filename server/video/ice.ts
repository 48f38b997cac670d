import { createHmac } from 'node:crypto'
import type { LiveSettings } from '../../shared/settings.ts'
import type { IceServer } from '../../shared/video.ts'

/** How long TURN credentials are good. */
const TURN_LIFETIME_SECONDS = 4 * 3600

export interface IceParts {
  settings: Pick<LiveSettings, 'values'>
  turnUrls: readonly string[]
  /** Shared with the TURN servers; null leaves them out, since browsers take none without credentials. */
  turnSecret: string | null
  now?: () => number
}

/** ICE servers for one participant, and when their credentials end; null when there are none. */
export interface IceOffer {
  iceServers: IceServer[]
  iceExpiresAt: string | null
}

/**
 * Makes credentials of coturn's `use-auth-secret`: the user name is the time in seconds at which they end, a colon and
 * who they are for; the password its HMAC-SHA1 with the secret, in base64.
 */
export function makeTurnCredentials(secret: string, whom: string, expiresAtSeconds: number) {
  const username = `${expiresAtSeconds}:${whom}`
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') }
}

/** Creates the giver of ICE servers. */
export function createIceServers({ settings, turnUrls, turnSecret, now = Date.now }: IceParts) {
  return (participantId: string): IceOffer => {
    const { stun_urls: stunUrls } = settings.values
    const stun: IceServer[] = stunUrls.length > 0 ? [{ urls: [...stunUrls] }] : []
    if (turnUrls.length === 0 || turnSecret === null) return { iceServers: stun, iceExpiresAt: null }
    const expiresAt = Math.floor(now() / 1000) + TURN_LIFETIME_SECONDS
    const turn = { urls: [...turnUrls], ...makeTurnCredentials(turnSecret, participantId, expiresAt) }
    return { iceServers: [...stun, turn], iceExpiresAt: new Date(expiresAt * 1000).toISOString() }
  }
}
