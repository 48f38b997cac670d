import { attempt, type Environment } from './environment.ts'
import type { ConnectedFrame, DisconnectFrame, JsonObject, Message, PresenceFrame } from '../../../shared/protocol.ts'

/** What comes: the server's own word, by types that are refused from publishers, or else a message of any other type. */
export type Frame =
  | ConnectedFrame
  | DisconnectFrame
  | PresenceFrame
  /** A channel was taken away. */
  | { type: 'unsubscribed'; channel: string; reason: string }
  | (Message & { type: 'message' })

/** Reads text that should be a JSON object; null when it is none, as a proxy or another server might send. */
export function parseObject(text: string, parse: Environment['parse']): JsonObject | null {
  const value = attempt(() => parse(text))
  return value instanceof Object && !Array.isArray(value) ? (value as JsonObject) : null
}
