import { isUtf8 } from 'node:buffer'
import { CHANNEL_RULE, isChannel } from '../../../shared/channel.ts'
import { YayinError } from '../../../shared/errors.ts'
import type { JsonObject } from '../../../shared/protocol.ts'
import type { SettingValues } from '../../../shared/settings.ts'
import type { Caller } from '../../auth/caller.ts'
import { may } from '../../auth/policy.ts'
import { parseExact } from '../../../shared/exact-json.ts'
import { type Draft, readDraft } from '../../hub/message.ts'

/** The MQTT broker as a publisher: what an API key with the scope `publish` may send, it may. */
const BROKER: Caller = { kind: 'key', id: 'mqtt', name: 'MQTT', scopes: ['publish'], channels: null, expiresAt: null }

/** The type of a message whose payload was no JSON object. */
const WRAPPED_TYPE = 'mqtt'
const OPENING_BRACE = 0x7b

/**
 * Makes a message of what was published to an MQTT topic (contract §12): a JSON object is the message, any other text
 * becomes its `payload`, other bytes its `payloadBase64`. The channel is the topic, whatever the payload says.
 * @throws YayinError `invalid_channel`, `forbidden_channel`, `reserved_type`, `invalid`, `too_large`
 */
export function readMqttMessage(topic: string, payload: Buffer, settings: Readonly<SettingValues>): Draft {
  if (!isChannel(topic)) throw new YayinError('invalid_channel', `the topic is no channel: ${CHANNEL_RULE}`)
  const object = parseObject(payload) ?? wrap(payload)
  const draft = readDraft({ ...object, channel: topic }, undefined, settings.message_max_bytes)
  const decision = may(BROKER, { kind: 'publish', channel: topic, type: draft.type }, settings)
  if (!decision.allowed) throw new YayinError(decision.code, decision.detail)
  return draft
}

function parseObject(payload: Buffer): JsonObject | null {
  if (!beginsObject(payload) || !isUtf8(payload)) return null
  try {
    return parseExact(payload.toString()) as JsonObject
  } catch {
    return null
  }
}

/** Tells whether the first byte that is no JSON white space (RFC 8259 §2) opens an object. */
function beginsObject(payload: Buffer): boolean {
  return payload.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) === OPENING_BRACE
}

function wrap(payload: Buffer): JsonObject {
  if (isUtf8(payload)) return { type: WRAPPED_TYPE, payload: payload.toString() }
  return { type: WRAPPED_TYPE, payloadBase64: payload.toString('base64') }
}
