import type { WebSocket } from 'ws'
import type { YayinError } from '../../../shared/errors.ts'
import type { CloseReason } from '../../hub/connection.ts'

/** Why the server closes (RFC 6455 §7.4; 4000–4999 are an application's own). */
export const CLOSE = {
  unsupportedData: 1003,
  policy: 1008,
  internalError: 1011,
  restart: 1012,
  normal: 1000,
  kicked: 4001,
  expired: 4003,
  slow: 4008,
  replaced: 4009,
} as const

const CODES: Record<CloseReason, number> = {
  kicked: CLOSE.kicked,
  expired: CLOSE.expired,
  slow_consumer: CLOSE.slow,
  replaced: CLOSE.replaced,
  shutdown: CLOSE.restart,
  error: CLOSE.internalError,
  closed: CLOSE.normal,
}

/** Most bytes of a close frame's reason (RFC 6455 §5.5). */
const MAX_REASON_BYTES = 123
/** How long the other side may take to close in turn, in milliseconds. */
const CLOSE_GRACE_MS = 3000

/** Closes a client that the hub lets go. */
export function closeFor(ws: WebSocket, reason: CloseReason): void {
  close(ws, CODES[reason], reason)
}

/** Closes a client that may not come in: browsers show code and reason, and would not show a refused upgrade. */
export function closeRefused(ws: WebSocket, error: YayinError): void {
  close(ws, CLOSE.policy, `${error.code}: ${error.message}`)
}

/** Sends a close frame and gives up waiting for the other side's after a while. */
export function close(ws: WebSocket, code: number, reason: string): void {
  if (ws.readyState === ws.CLOSED) return
  if (ws.readyState === ws.OPEN) ws.close(code, shorten(reason))
  // While it is paused, the other side's close frame is not seen.
  if (ws.isPaused) ws.resume()
  const timer = setTimeout(() => ws.terminate(), CLOSE_GRACE_MS)
  timer.unref()
  ws.once('close', () => clearTimeout(timer))
}

/** Cuts a reason to what fits, between two characters. */
export function shorten(reason: string): string {
  const bytes = Buffer.from(reason)
  if (bytes.length <= MAX_REASON_BYTES) return reason
  let end = MAX_REASON_BYTES
  // A byte 10xxxxxx goes on with the character before it.
  while ((bytes[end]! & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
}
