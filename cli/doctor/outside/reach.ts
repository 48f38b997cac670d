import { reasonOf } from '../../hub-api.ts'
import type { Finding } from '../finding.ts'
import { proxyOf, type Proxy } from '../proxies.ts'
import { type Answer, ask, textOf } from './ask.ts'
import { below, PATIENCE_MS, type Target } from './target.ts'

/** Whether a hub answers, and what else its first answer shows. */
export interface Reach {
  isThere: boolean
  proxy: Proxy | null
  findings: Finding[]
}

/** Clocks that differ by more make tokens end at the wrong time. */
const SKEW_MS = 30_000

/** Asks whether a hub is at the address, and whether its parts are all there. */
export async function reach(target: Target): Promise<Reach> {
  const askedAt = Date.now()
  const answer = await ask(below(target, '/readyz'), { timeoutMs: 2 * PATIENCE_MS }).catch((error: unknown) => {
    return { isThere: false, proxy: null, findings: [away(target, reasonOf(error))] }
  })
  if ('findings' in answer) return answer
  const tookMs = Date.now() - askedAt
  const text = await textOf(answer)
  const state = stateOf(text)
  const proxy = proxyOf(answer.headers)
  if (state === null) return { isThere: false, proxy, findings: [stranger(target, answer, text)] }
  const by = proxy === null ? '' : ` by way of ${proxy}`
  const reached: Finding =
    state.away.length === 0
      ? { check: 'reach', outcome: 'ok', says: `a hub answers at ${target.url}${by}, within ${tookMs} ms` }
      : {
          check: 'reach',
          outcome: 'fail',
          says: `a hub answers at ${target.url}${by}, but its ${state.away.join(' and ')} is away`,
          change: ['the process’s log says why; `yayin doctor` beside it looks closer'],
          see: state.away.includes('database') ? 'database' : 'broker',
        }
  return { isThere: true, proxy, findings: [reached, ...clock(answer, Date.now())] }
}

function away({ url }: Target, reason: string): Finding {
  const change = ['start it, or correct the address; behind a proxy, look whether that reaches it']
  return { check: 'reach', outcome: 'fail', says: `nothing answers at ${url}: ${reason}`, change }
}

function stranger({ url }: Target, { status, headers }: Answer, text: string): Finding {
  if (/"code":\s*"forbidden_host"/.test(text)) {
    const change = [`PUBLIC_URL=${url}`, 'TRUST_PROXY=1 when it stands behind a proxy']
    const says = 'the hub takes requests to localhost alone, and was asked under another name'
    return { check: 'reach', outcome: 'fail', says, change, see: 'origin' }
  }
  const by = headers.server === undefined ? '' : ` (${String(headers.server)})`
  const change =
    status === 502 || status === 504
      ? ['the proxy does not reach the hub: start it, or correct the address that it is passed on to']
      : ['give the address that the hub is mounted at, such as https://example.org/realtime']
  return { check: 'reach', outcome: 'fail', says: `what answers at ${url} is no hub: ${status}${by}`, change }
}

/** What `/readyz` tells; null when something else than a hub has answered. */
function stateOf(text: string): { away: string[] } | null {
  try {
    const state = JSON.parse(text) as { status?: unknown; away?: unknown }
    return typeof state.status === 'string' && Array.isArray(state.away) ? { away: state.away.map(String) } : null
  } catch {
    return null
  }
}

/** Compares this machine's clock with the one that dates the answers. */
function clock({ headers }: Answer, now: number): Finding[] {
  const theirs = Date.parse(headers.date ?? '')
  if (Number.isNaN(theirs)) return []
  const skewMs = now - theirs
  if (Math.abs(skewMs) <= SKEW_MS) return [{ check: 'clock', outcome: 'ok', says: 'their clock and this one agree' }]
  const says = `their clock is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? 'behind' : 'ahead of'} this one`
  const change = ['let both set their clocks by NTP (`timedatectl set-ntp true`): tokens begin and end by them']
  return [{ check: 'clock', outcome: 'warn', says, change, see: 'clock' }]
}
