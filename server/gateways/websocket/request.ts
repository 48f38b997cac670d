import type { IncomingMessage } from 'node:http'
import { isPattern, PATTERN_RULE } from '../../../shared/channel.ts'
import { YayinError } from '../../../shared/errors.ts'
import { readFlag } from '../../../shared/operation.ts'
import { DEFAULT_CHANNEL } from '../../../shared/protocol.ts'
import type { SettingValues } from '../../../shared/settings.ts'
import type { Authenticated } from '../../auth/authenticate.ts'
import type { Caller } from '../../auth/caller.ts'
import { isForOneRoom } from '../../auth/channel-rules.ts'
import { isSameOrigin } from '../../auth/origin.ts'
import { may } from '../../auth/policy.ts'

/** Where the gateway lives; below it, the rest of the path names one channel. */
const PATH = '/ws'

/** What a client asks for when it opens a connection, not allowed yet. */
export interface SocketRequest {
  /** Names as they were asked for; none for the default. */
  channels: string[]
  token: string | undefined
  /** Null when it resumes nothing. */
  lastEventId: string | null
  presence: boolean
}

/** Tells whether an upgrade is for this gateway. */
export function isWebSocketPath({ url = '' }: Pick<IncomingMessage, 'url'>): boolean {
  const path = url.split('?', 1)[0]!
  return path === PATH || path.startsWith(`${PATH}/`)
}

/** Reads the address `/ws?channel=…` or `/ws/<channel>`. @throws YayinError `invalid` */
export function readSocketRequest({ url = '' }: IncomingMessage): SocketRequest {
  const [path = '', ...rest] = url.split('?')
  const query = new URLSearchParams(rest.join('?'))
  const inPath = decode(path.slice(PATH.length + 1))
  return {
    channels: [...(inPath === '' ? [] : [inPath]), ...query.getAll('channel')],
    token: query.get('token') ?? undefined,
    lastEventId: query.get('lastEventId'),
    presence: readFlag('presence', query.get('presence')),
  }
}

/** A browser sends cookies from any page; only the site's own may use them. @throws YayinError `cross_origin` */
export function checkOrigin({ headers }: IncomingMessage, { via }: Authenticated, publicUrl: string | null): void {
  const { origin, host } = headers
  if (via !== 'cookie' || origin === undefined) return
  // The proxy that ends TLS keeps the host and hides the scheme.
  const isOwn = ['http', 'https'].some((scheme) => isSameOrigin(origin, `${scheme}://${host ?? ''}`, publicUrl))
  if (isOwn) return
  throw new YayinError('cross_origin', 'pages of other origins come by ?token=, not by cookie')
}

/**
 * Returns the channels that `caller` is to follow.
 * @throws YayinError `invalid`, `invalid_channel`, `unauthorized`, `forbidden_channel`
 */
export function allowChannels(asked: readonly string[], caller: Caller, settings: Readonly<SettingValues>): string[] {
  const limit = settings.max_channels_per_connection
  if (asked.length > limit) {
    throw new YayinError('invalid', `one connection follows at most ${limit} channels, not ${asked.length}`)
  }
  for (const name of asked) {
    if (isPattern(name)) continue
    throw new YayinError('invalid_channel', `${JSON.stringify(name.slice(0, 220))} is no channel: ${PATTERN_RULE}`)
  }
  const channels = asked.length > 0 ? [...new Set(asked)] : defaultChannels(caller)
  for (const pattern of channels) {
    const decision = may(caller, { kind: 'subscribe', pattern }, settings)
    if (!decision.allowed) throw new YayinError(decision.code, decision.detail)
  }
  return channels
}

/** The token of a room's participant brings its channels with it. */
function defaultChannels(caller: Caller): string[] {
  return isForOneRoom(caller) ? [] : [DEFAULT_CHANNEL]
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch (error) {
    if (!(error instanceof URIError)) throw error
    throw new YayinError('invalid', 'the path can not be decoded')
  }
}
