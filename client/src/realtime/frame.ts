import type { ConnectedFrame, DisconnectFrame, Message } from '../../../shared/protocol.ts'

export type Frame =
  | { kind: 'connected'; frame: ConnectedFrame }
  | { kind: 'disconnect'; frame: DisconnectFrame }
  | { kind: 'message'; message: Message }

/** Reads the data of one event; null when it is no JSON object, as a proxy or another server might send. */
export function readFrame(data: string): Frame | null {
  const value = parse(data)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  // The server refuses these types from publishers, so a frame that carries one is the server's own.
  const type = (value as { type?: unknown }).type
  if (type === 'connected') return { kind: 'connected', frame: value as ConnectedFrame }
  if (type === 'disconnect') return { kind: 'disconnect', frame: value as DisconnectFrame }
  return { kind: 'message', message: value as Message }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}
