import { STATS_SPANS, type StatsPoint, type StatsSpan } from '../shared/api.ts'
import { sumPoints } from './stats-points-sum.ts'
import { COARSE_SECONDS, FINE_SECONDS, type StatsHistoryStore } from './store/stats-history.ts'

/** How long one point of a span stands for when nodes are added up, in seconds. */
const STEPS: Record<StatsSpan, number> = { '5m': 1, '1h': FINE_SECONDS, '24h': COARSE_SECONDS }
/** Until then after their end five minutes have been rolled up into one row. */
const ROLLED_UP_WITHIN_MS = 2 * COARSE_SECONDS * 1000

/** What a node remembers of a span itself: the seconds of `5m`; of the others what the database may not have yet. */
export interface Tail {
  /** The name that the node's rows are kept under. */
  name: string
  /** Oldest first. */
  points: readonly StatsPoint[]
}

interface Past {
  store: StatsHistoryStore
  span: StatsSpan
  nowMs: number
}

const sinceOf = ({ span, nowMs }: Past) => new Date(nowMs - STATS_SPANS[span] * 1000)

/** Reads how one node was, oldest first. Rejects when the database is needed and away. */
export async function readPast(past: Past, { name, points: tail }: Tail): Promise<StatsPoint[]> {
  const { store, span, nowMs } = past
  const since = sinceOf(past)
  if (span === '5m') {
    const recent = tail.filter(({ at }) => Date.parse(at) > since.getTime())
    const first = recent[0] === undefined ? nowMs : Date.parse(recent[0].at)
    if (first - since.getTime() < FINE_SECONDS * 1000) return recent
    const older = await store.list({ node: name, seconds: FINE_SECONDS, since })
    return [...older.filter(({ at }) => Date.parse(at) < first), ...recent]
  }
  const stored = await readStored(past, name)
  const known = new Set(stored.map(({ at, seconds }) => `${seconds} ${at}`))
  return [...stored, ...tail.filter(({ at, seconds }) => !known.has(`${seconds} ${at}`))]
}

/** Of a day the coarse rows, and the fine ones after them. */
async function readStored(past: Past, node: string): Promise<StatsPoint[]> {
  const { store, span } = past
  const since = sinceOf(past)
  if (span !== '24h') return store.list({ node, seconds: FINE_SECONDS, since })
  const coarse = await store.list({ node, seconds: COARSE_SECONDS, since })
  const end = coarse.at(-1)
  const fine = await store.list({ node, seconds: FINE_SECONDS, since: end ? new Date(end.at) : since })
  return [...coarse, ...fine]
}

/** Reads how all nodes were together, those that are gone as well. `tails` are those of the nodes that live. */
export async function readPastOfAll(
  past: Past,
  tails: readonly Tail[],
): Promise<{ names: string[]; points: StatsPoint[] }> {
  const { span, nowMs } = past
  const byName = await readStoredOfAll(past)
  for (const { name, points } of tails) byName.set(name, [...(byName.get(name) ?? []), ...points])
  const grid = { stepSeconds: STEPS[span], sinceMs: sinceOf(past).getTime(), nowMs }
  return { names: [...byName.keys()], points: sumPoints([...byName.values()], grid) }
}

async function readStoredOfAll(past: Past): Promise<Map<string, StatsPoint[]>> {
  const { store, span, nowMs } = past
  const since = sinceOf(past)
  const fine = { seconds: FINE_SECONDS, since }
  // Of the last minutes the nodes know enough themselves, should the database be away.
  if (span === '5m') return store.listAll(fine).catch(() => new Map())
  if (span === '1h') return store.listAll(fine)
  const byName = await store.listAll({ seconds: COARSE_SECONDS, since })
  const recent = await store.listAll({ seconds: FINE_SECONDS, since: new Date(nowMs - ROLLED_UP_WITHIN_MS) })
  for (const [name, points] of recent) {
    const coarse = byName.get(name) ?? []
    const end = coarse.at(-1)?.at ?? ''
    byName.set(name, [...coarse, ...points.filter(({ at }) => at > end)])
  }
  return byName
}
