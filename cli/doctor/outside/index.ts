import { type Finding, look } from '../finding.ts'
import { origin } from './origin.ts'
import { reach } from './reach.ts'
import { security } from './security.ts'
import { socket } from './socket.ts'
import { compression, stream } from './stream.ts'
import type { Target } from './target.ts'

/** Looks at a hub's address from outside, all at once; what is found comes in a fixed order. */
export async function* lookFromOutside(asked: Omit<Target, 'proxy'>): AsyncGenerator<Finding> {
  const { isThere, proxy, findings } = await reach({ ...asked, proxy: null })
  yield* findings
  if (!isThere) return
  const target: Target = { ...asked, proxy }
  const looks = [
    look('TLS', () => security(target)),
    look('compression', () => compression(target)),
    look('origin', () => origin(target)),
    look('stream', () => stream(target)),
    look('WebSocket', () => socket(target)),
  ]
  for (const found of looks) yield* await found
}
