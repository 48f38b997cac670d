import type { IncomingMessage } from 'node:http'
import { isPattern, PATTERN_RULE } from '../../../shared/channel.ts'
import { YayinError } from '../../../shared/errors.ts'
import { DEFAULT_CHANNEL } from '../../../shared/protocol.ts'
import { readFlag } from '../../../shared/operation.ts'
import type { SettingValues } from '../../../shared/settings.ts'
import type { Authenticator } from '../../auth/authenticate.ts'
import type { Caller } from '../../auth/caller.ts'
import { isForOneRoom } from '../../auth/channel-rules.ts'
import { may } from '../../auth/policy.ts'

/** What a client asks for when it opens a stream (contract §6), checked and allowed. */
export interface StreamRequest {
  caller: Caller
  channels: string[]
  /** Null when it resumes nothing. */
  lastEventId: string | null
  /** Whether it hears of comings and goings on its channels. */
  presence: boolean
}

/**
 * Reads and checks the request for a stream; at once, without a promise, when the caller was known a moment ago.
 * @throws YayinError `invalid_token`, `invalid`, `invalid_channel`, `unauthorized`, `forbidden_channel`
 */
export function readStreamRequest(
  req: Pick<IncomingMessage, 'url' | 'headers'>,
  authenticator: Pick<Authenticator, 'authenticate'>,
  settings: Readonly<SettingValues>,
): StreamRequest | Promise<StreamRequest> {
  const query = queryOf(req)
  const { authorization, cookie } = req.headers
  const queryToken = query.get('token') ?? undefined
  const admit = ({ caller }: { caller: Caller }) => admitted(caller, query, req, settings)
  const found = authenticator.authenticate({ authorization, cookie, queryToken })
  return found instanceof Promise ? found.then(admit) : admit(found)
}

function admitted(
  caller: Caller,
  query: URLSearchParams,
  req: Pick<IncomingMessage, 'headers'>,
  settings: Readonly<SettingValues>,
): StreamRequest {
  const channels = readChannels(query.getAll('channel'), caller, settings.max_channels_per_connection)
  for (const pattern of channels) {
    const decision = may(caller, { kind: 'subscribe', pattern }, settings)
    if (!decision.allowed) throw new YayinError(decision.code, decision.detail)
  }
  const header = req.headers['last-event-id']
  const lastEventId = (Array.isArray(header) ? header[0] : header) ?? query.get('lastEventId')
  return { caller, channels, lastEventId, presence: readFlag('presence', query.get('presence')) }
}

function queryOf({ url = '' }: Pick<IncomingMessage, 'url'>): URLSearchParams {
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}

function readChannels(asked: readonly string[], caller: Caller, limit: number): string[] {
  if (asked.length > limit) {
    throw new YayinError('invalid', `one connection follows at most ${limit} channels, not ${asked.length}`)
  }
  for (const pattern of asked) {
    if (isPattern(pattern)) continue
    throw new YayinError('invalid_channel', `${JSON.stringify(pattern.slice(0, 220))} is no channel: ${PATTERN_RULE}`)
  }
  if (asked.length > 0) return [...new Set(asked)]
  // The token of a room's participant brings its channels with it.
  return isForOneRoom(caller) ? [] : [DEFAULT_CHANNEL]
}
