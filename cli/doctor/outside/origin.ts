import type { Finding } from '../finding.ts'
import { ask } from './ask.ts'
import { below, PATIENCE_MS, streamOf, type Target } from './target.ts'

/** Looks whether pages of another origin are let in, by the stream and by the question that browsers ask before a POST. */
export async function origin(target: Target): Promise<Finding[]> {
  const { origin: from } = target
  if (from === null) return []
  const headers = { Origin: from }
  const asked = {
    ...headers,
    'Access-Control-Request-Method': 'POST',
    'Access-Control-Request-Headers': 'authorization',
  }
  const [stream, preflight] = await Promise.all([
    ask(streamOf(target, '/api/events'), { method: 'HEAD', headers, timeoutMs: PATIENCE_MS }),
    ask(below(target, '/api/broadcast'), { method: 'OPTIONS', headers: asked, timeoutMs: PATIENCE_MS }),
  ])
  for (const { body } of [stream, preflight]) body.destroy()
  const allowed = [stream, preflight].map((answer) => answer.headers['access-control-allow-origin'] ?? '')
  return [judgeOrigin(from, allowed, preflight.status)]
}

/** Judges the `Access-Control-Allow-Origin` of both answers. */
export function judgeOrigin(from: string, allowed: readonly string[], preflightStatus: number): Finding {
  const isLetIn = allowed.every((value) => value === from || value === '*')
  if (isLetIn && preflightStatus < 300) return { check: 'origin', outcome: 'ok', says: `pages of ${from} are let in` }
  const twice = allowed.find((value) => value.includes(','))
  if (twice !== undefined) {
    const change = ['take the proxy’s own add_header Access-Control-Allow-Origin away: the hub sends it']
    const says = `Access-Control-Allow-Origin comes twice (${twice}), which browsers refuse`
    return { check: 'origin', outcome: 'fail', says, change, see: 'origin' }
  }
  const says = isLetIn
    ? `pages of ${from} may follow and not publish: OPTIONS is answered with ${preflightStatus}`
    : `pages of ${from} are kept out by their browsers`
  const change = isLetIn ? ['let the proxy pass OPTIONS on'] : [`CORS_ORIGINS=${from}`]
  return { check: 'origin', outcome: 'fail', says, change, see: 'origin' }
}
