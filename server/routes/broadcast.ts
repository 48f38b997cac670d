import { createHash } from 'node:crypto'
import type { Router } from 'express'
import type { z } from 'zod'
import { broadcast, type Receipt } from '../../shared/api.ts'
import { CHANNEL_RULE, isChannel } from '../../shared/channel.ts'
import { type Quota, YayinError } from '../../shared/errors.ts'
import { MAX_BATCH } from '../../shared/protocol.ts'
import type { LiveSettings, SettingValues } from '../../shared/settings.ts'
import { actorOf, type Caller } from '../auth/caller.ts'
import { isForOneRoom } from '../auth/channel-rules.ts'
import { may } from '../auth/policy.ts'
import type { Hub } from '../hub/hub.ts'
import { parseExact } from '../../shared/exact-json.ts'
import { type Draft, readDraft } from '../hub/message.ts'
import type { EventLog } from '../store/event-log.ts'
import { defineRoute, JsonText, type RouteDeps } from './http.ts'
import { readJsonBody } from './json-body.ts'
import { createPublishLimit } from './publish-limit.ts'
import { setRateLimitHeaders } from './rate-limit-headers.ts'
import type { Schedule } from './scheduled.ts'

export interface PublishDeps {
  hub: Hub
  settings: LiveSettings
  eventLog: EventLog
  schedule: Schedule
}

/** Largest request of a batch, in bytes; one message has its own, smaller limit. */
const MAX_BATCH_BYTES = 16 * 1024 * 1024

/** A request to publish, from whichever way it came in. */
export interface PublishRequest {
  caller: Caller
  query: z.output<typeof broadcast.query>
  body: unknown
  idempotencyKey: string | string[] | undefined
  /** The header of W3C Trace Context. */
  traceparent?: string | string[] | undefined
  /** Hears what the publisher may still publish, while there is a limit. */
  noteQuota: (quota: Quota) => void
}

/** What a publisher is answered. */
export type PublishAnswer =
  | { status: 200; body: z.input<typeof broadcast.response> }
  | { status: 202; body: z.input<typeof broadcast.accepted> }

/** Publishes what was asked for, or puts it off, and resolves with the answer. */
export type Publish = (request: PublishRequest) => Promise<PublishAnswer>

/** Creates the one function behind `POST /api/broadcast` (contract §5). */
export function createPublish({ hub, settings, eventLog, schedule }: PublishDeps): Publish {
  const takeQuota = createPublishLimit(settings)

  function allow(caller: Caller, drafts: readonly Draft[]): void {
    for (const { channel, type } of drafts) {
      const decision = may(caller, { kind: 'publish', channel, type }, settings.values)
      if (!decision.allowed) throw new YayinError(decision.code, decision.detail)
    }
  }

  function record(actor: string, receipts: readonly Receipt[], ephemeral: boolean): void {
    const { id, channel, recipients } = receipts[0]!
    const data = { channel, recipients, count: receipts.length, ephemeral, ...(id !== undefined && { id }) }
    eventLog.record({ level: 'info', type: 'broadcast', message: 'Message published', data, actor })
  }

  return async ({ caller, query, body, idempotencyKey, traceparent, noteQuota }) => {
    const batch = Array.isArray(body)
    const drafts = readDrafts(batch ? body : [body], query.channel, settings.values.message_max_bytes)
    allow(caller, drafts)
    const actor = actorOf(caller)
    const key = readKey(idempotencyKey, actor)
    const quota = takeQuota(actor, drafts.length)
    if (quota !== null) noteQuota(quota)
    const from = caller.kind === 'user' ? caller.sub : null
    if (query.deliverAt !== undefined) {
      // The host may have sent them out by then.
      if (isForOneRoom(caller)) throw new YayinError('forbidden', 'what is said in a video room is said at once')
      const receipts = await schedule(drafts, { ...query, deliverAt: query.deliverAt, from, actor, key })
      return { status: 202, body: batch ? { messages: receipts } : receipts[0]! }
    }
    const receipts = await hub.publisher.publish(drafts, {
      from,
      ephemeral: query.ephemeral,
      exclude: query.exclude ?? null,
      idempotencyKey: key,
      traceparent: typeof traceparent === 'string' ? traceparent : null,
    })
    record(actor, receipts, query.ephemeral)
    return { status: 200, body: batch ? { messages: receipts } : receipts[0]! }
  }
}

/** Publishes one message of a client that is connected both ways; `channel` wins over the message's own. */
export type PublishOne = (
  caller: Caller,
  message: unknown,
  options: {
    channel?: string | undefined
    ephemeral: boolean
    exclude: string | null
    idempotencyKey?: string | undefined
  },
) => Promise<Receipt>

/** Creates the way to publish one message, in the order of the calls. */
export function createPublishOne(publish: Publish): PublishOne {
  return async (caller, message, { channel, ephemeral, exclude, idempotencyKey }) => {
    // An array would be a batch.
    if (typeof message !== 'object' || message === null || Array.isArray(message)) {
      throw new YayinError('invalid', 'message: a message is a JSON object')
    }
    const body = channel === undefined ? message : { ...message, channel }
    const query = { ephemeral, ...(exclude !== null && { exclude }) }
    const answer = await publish({ caller, query, body, idempotencyKey, noteQuota: () => undefined })
    return answer.body as Receipt
  }
}

/** Largest request to publish, in bytes. */
export function maxBodyBytes(settings: Readonly<SettingValues>): number {
  return Math.max(MAX_BATCH_BYTES, 2 * settings.message_max_bytes)
}

/** Adds `POST /api/broadcast` to the API. */
export function broadcastRoutes(router: Router, deps: RouteDeps & { publish: Publish }): void {
  defineRoute(
    router,
    broadcast,
    async ({ caller, query, body, raw }, response) => {
      const noteQuota = (quota: Quota) => setRateLimitHeaders(response, quota)
      const idempotencyKey = raw.headers['idempotency-key']
      const { traceparent } = raw.headers
      const answer = await deps.publish({ caller, query, body, idempotencyKey, traceparent, noteQuota })
      response.status(answer.status)
      return new JsonText(JSON.stringify(answer.body))
    },
    deps,
    {
      maxBodyBytes: () => maxBodyBytes(deps.settings.values),
      readBody: (req, res, maxBytes) => readJsonBody(req, res, maxBytes, parseExact),
    },
  )
}

function readDrafts(items: readonly unknown[], channel: string | undefined, maxBytes: number): Draft[] {
  if (channel !== undefined && !isChannel(channel)) {
    throw new YayinError('invalid_channel', `${JSON.stringify(channel.slice(0, 220))} is no channel: ${CHANNEL_RULE}`)
  }
  if (items.length < 1 || items.length > MAX_BATCH) {
    throw new YayinError('invalid', `a batch holds 1 to ${MAX_BATCH} messages, not ${items.length}`)
  }
  if (items.length === 1) return [readDraft(items[0], channel, maxBytes)]
  return items.map((item, i) => inBatch(i, () => readDraft(item, channel, maxBytes)))
}

/** Names the message of a batch that is at fault. */
function inBatch<T>(index: number, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof YayinError)) throw error
    const errors = [{ path: String(index), message: error.message }]
    throw new YayinError(error.code, `message ${index} of the batch: ${error.message}`, { errors, cause: error })
  }
}

/** Returns the hash of an Idempotency-Key and its caller, so that nobody meets another's answers. */
function readKey(header: string | string[] | undefined, actor: string): string | null {
  if (header === undefined) return null
  const key = String(header).trim()
  if (key.length < 1 || key.length > 255) {
    throw new YayinError('invalid', 'an Idempotency-Key has 1 to 255 characters')
  }
  return createHash('sha256').update(`${actor}\n${key}`).digest('hex')
}
