import { isChannel } from '../../../shared/channel.ts'
import { parseExact } from '../../../shared/exact-json.ts'
import { RESERVED_TYPES, type JsonObject } from '../../../shared/protocol.ts'
import type { Words } from './words.ts'

/** What is typed into the form, unchecked. */
export interface Draft {
  channel: string
  type: string
  /** JSON text of an object with the message's further fields; nothing counts as none. */
  fields: string
}

/** What is wrong with each field; absent when nothing is. */
type DraftFaults = Partial<Record<keyof Draft, string>>

type CheckedDraft = { ok: true; message: JsonObject } | { ok: false; faults: DraftFaults }

/** Checks a draft as the server will, and makes the message of it. */
export function checkDraft(draft: Draft, words: Words['send']): CheckedDraft {
  const channel = draft.channel.trim()
  const type = draft.type.trim()
  const fields = readFields(draft.fields, words)
  const faults: DraftFaults = {
    ...(!isChannel(channel) && { channel: words.badChannel }),
    ...(type === '' && { type: words.noType }),
    ...(RESERVED_TYPES.has(type) && { type: words.badType(type) }),
    ...('fault' in fields && { fields: fields.fault }),
  }
  if ('fault' in fields || Object.keys(faults).length > 0) return { ok: false, faults }
  return { ok: true, message: { ...fields.object, channel, type } }
}

function readFields(text: string, words: Words['send']): { object: JsonObject } | { fault: string } {
  if (text.trim() === '') return { object: {} }
  let value: unknown
  try {
    value = parseExact(text)
  } catch {
    return { fault: words.badJson }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { fault: words.notObject }
  const own = ['channel', 'type'].find((name) => Object.hasOwn(value, name))
  return own === undefined ? { object: value as JsonObject } : { fault: words.ownField(own) }
}
