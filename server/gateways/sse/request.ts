import type { Request } from 'express'
import { z } from 'zod'
import { isPattern, PATTERN_RULE } from '../../../shared/channel.ts'
import { YayinError } from '../../../shared/errors.ts'
import { DEFAULT_CHANNEL } from '../../../shared/protocol.ts'
import type { SettingValues } from '../../../shared/settings.ts'
import type { Authenticator } from '../../auth/authenticate.ts'
import type { Caller } from '../../auth/caller.ts'
import { may } from '../../auth/policy.ts'

/** Most channels and patterns of one connection. */
const MAX_CHANNELS = 128

/** What a client asks for when it opens a stream (contract §6), checked and allowed. */
export interface StreamRequest {
  caller: Caller
  channels: string[]
  /** Null when it resumes nothing. */
  lastEventId: string | null
}

const list = z.preprocess((value) => (value === undefined ? [] : [value].flat()), z.array(z.string()))
const single = z.preprocess((value) => (Array.isArray(value) ? value.at(-1) : value), z.string().optional())
const querySchema = z.object({ channel: list, token: single, lastEventId: single })

/**
 * Reads and checks the request for a stream.
 * @throws YayinError `invalid_token`, `invalid`, `invalid_channel`, `unauthorized`, `forbidden_channel`
 */
export async function readStreamRequest(
  req: Request,
  authenticator: Pick<Authenticator, 'authenticate'>,
  settings: Readonly<SettingValues>,
): Promise<StreamRequest> {
  const query = querySchema.parse(req.query)
  const { authorization, cookie } = req.headers
  const { caller } = await authenticator.authenticate({ authorization, cookie, queryToken: query.token })
  const channels = readChannels(query.channel, caller)
  for (const pattern of channels) {
    const decision = may(caller, { kind: 'subscribe', pattern }, settings)
    if (!decision.allowed) throw new YayinError(decision.code, decision.detail)
  }
  const header = req.headers['last-event-id']
  return { caller, channels, lastEventId: (Array.isArray(header) ? header[0] : header) ?? query.lastEventId ?? null }
}

function readChannels(asked: readonly string[], caller: Caller): string[] {
  if (asked.length > MAX_CHANNELS) {
    throw new YayinError('invalid', `one connection follows at most ${MAX_CHANNELS} channels, not ${asked.length}`)
  }
  for (const pattern of asked) {
    if (isPattern(pattern)) continue
    throw new YayinError('invalid_channel', `${JSON.stringify(pattern.slice(0, 220))} is no channel: ${PATTERN_RULE}`)
  }
  if (asked.length > 0) return [...new Set(asked)]
  // The token of a room's participant brings its channels with it.
  return caller.kind === 'user' && caller.room !== null ? [] : [DEFAULT_CHANNEL]
}
