import { CLIENT_FRAME_TYPES, type ClientFrame, clientFrame } from '../../../shared/client-frames.ts'
import { type ErrorCode, YayinError } from '../../../shared/errors.ts'
import type { JsonObject } from '../../../shared/protocol.ts'
import { isMarkedNumber, parseExact } from '../../../shared/exact-json.ts'

/** What an answer is matched to its question by. */
export type AckId = string | number | undefined

/** A frame as it was read, or what is wrong with it; `ackId` is known as soon as there is one. */
export type ReadFrame = { ackId: AckId } & ({ frame: ClientFrame } | { error: YayinError })

/** Reads one text frame of a client; gives the fault back rather than throwing it. */
export function readFrame(text: string): ReadFrame {
  const value = parse(text)
  if (value === undefined) return { ackId: undefined, error: new YayinError('malformed_json', 'the frame is not JSON') }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ackId: undefined, error: new YayinError('invalid', 'a frame is a JSON object with a type') }
  }
  const ackId = ackIdOf(value as JsonObject)
  const result = clientFrame.safeParse(value)
  return result.success ? { ackId, frame: result.data } : { ackId, error: explain(value as JsonObject, result.error) }
}

function parse(text: string): unknown {
  try {
    return parseExact(text)
  } catch {
    return undefined
  }
}

function ackIdOf({ ackId }: JsonObject): AckId {
  if (isMarkedNumber(ackId)) return undefined
  const fits = typeof ackId === 'number' || (typeof ackId === 'string' && ackId.length <= 200)
  return fits ? ackId : undefined
}

function explain({ type, channel }: JsonObject, { issues }: { issues: readonly Issue[] }): YayinError {
  if (typeof type !== 'string' || !CLIENT_FRAME_TYPES.includes(type)) {
    const found = typeof type === 'string' ? JSON.stringify(type.slice(0, 50)) : 'no text'
    return new YayinError('invalid', `the type is ${found}; it is one of ${CLIENT_FRAME_TYPES.join(', ')}`)
  }
  const errors = issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message }))
  const [first] = errors
  const badName = first?.path === 'channel' && typeof channel === 'string'
  const code: ErrorCode = badName ? 'invalid_channel' : 'invalid'
  return new YayinError(code, `${first?.path || 'frame'}: ${first?.message ?? 'invalid'}`, { errors })
}

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly message: string
}
