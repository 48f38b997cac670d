import type { Stats, StatsHistory, StatsPoint, StatsSpan } from '../shared/api.ts'
import { YayinError } from '../shared/errors.ts'
import { ALL_NODES } from '../shared/stats-spans.ts'
import { sumStats } from '../shared/stats-sum.ts'
import type { Cluster } from './cluster/index.ts'
import { AWAY_AFTER_MS } from './cluster/members.ts'
import type { Hub } from './hub/hub.ts'
import { channelsFollowed } from './stats.ts'
import type { StatsHistoryKeeper } from './stats-history.ts'
import { readPast, readPastOfAll, type Tail } from './stats-past.ts'
import type { StatsHistoryStore } from './store/stats-history.ts'

interface StatsTogetherParts {
  hub: Hub
  cluster: Pick<Cluster, 'others' | 'lost' | 'questions' | 'neighbours'>
  readStats: () => Stats
  history: Pick<StatsHistoryKeeper, 'tail'>
  store: StatsHistoryStore
  /** This node's name. */
  node: string
}

/** The figures of any node that shares the log, and of all of them added up. */
export interface StatsTogether {
  /**
   * Reads the figures of a node, by default of this one, or of all.
   * @throws YayinError `not_found`; `unavailable` when the node does not answer
   */
  read(node: string | undefined): Promise<Stats>
  /** Reads a span up to `nowMs`. Rejects when the database is needed and away; empty for a node that nobody knows. */
  readHistory(span: StatsSpan, node: string | undefined, nowMs: number): Promise<StatsHistory>
}

/** Asks the other nodes for their figures, and answers them. */
export function createStatsTogether(parts: StatsTogetherParts): StatsTogether {
  const { hub, cluster, readStats, history, store, node: self } = parts

  cluster.questions.answer('stats', () => ({ ...readStats() }))
  cluster.questions.answer('stats_tail', ({ span }) => ({ ...history.tail(span as StatsSpan) }))

  const ask = async (node: string) => (await cluster.questions.ask(node, 'stats', {})) as unknown as Stats
  const askTail = async (node: string, span: StatsSpan) =>
    (await cluster.questions.ask(node, 'stats_tail', { span })) as unknown as Tail

  /** Answers of the other nodes; without those that give none. */
  async function ofOthers<T>(question: (node: string) => Promise<T>): Promise<T[]> {
    const awake = cluster.others().filter(({ silentMs }) => silentMs < AWAY_AFTER_MS)
    const answers = await Promise.allSettled(awake.map(({ node }) => question(node)))
    return answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []))
  }

  async function readAll(): Promise<Stats> {
    const others = await ofOthers(ask)
    const own = readStats()
    if (others.length === 0) return own
    const channels = new Set([...channelsFollowed(hub), ...cluster.neighbours.channels()])
    return { ...sumStats([own, ...others]), channels: channels.size }
  }

  async function pastOfAll(span: StatsSpan, nowMs: number): Promise<{ of: string; points: StatsPoint[] }> {
    const own = history.tail(span)
    const others = await ofOthers((node) => askTail(node, span))
    const { names, points } = await readPastOfAll({ store, span, nowMs }, [own, ...others])
    // Alone since ever: nothing to add up, and the seconds stay as fine as they are.
    if (names.length === 1) return { of: own.name, points: await readPast({ store, span, nowMs }, own) }
    return { of: ALL_NODES, points }
  }

  /** What is remembered of a node, by its name of today or by the one that its rows are kept under. */
  async function tailOf(node: string, span: StatsSpan): Promise<Tail> {
    const own = history.tail(span)
    if (node === self || node === own.name) return own
    const isIt = (other: { node: string; status: { historyName?: string } }) =>
      other.node === node || other.status.historyName === node
    const kept = { name: [...cluster.others(), ...cluster.lost()].find(isIt)?.status.historyName ?? node, points: [] }
    const living = cluster.others().find(isIt)
    return living === undefined ? kept : askTail(living.node, span).catch(() => kept)
  }

  async function pastOf(node: string, span: StatsSpan, nowMs: number): Promise<{ of: string; points: StatsPoint[] }> {
    const tail = await tailOf(node, span)
    return { of: tail.name, points: await readPast({ store, span, nowMs }, tail) }
  }

  return {
    async read(node = self) {
      if (node === self) return readStats()
      if (node === ALL_NODES) return readAll()
      if (cluster.others().some((other) => other.node === node)) return ask(node)
      throw new YayinError('not_found', `there is no node ${node.slice(0, 50)}`)
    },
    async readHistory(span, node = self, nowMs) {
      const { of, points } = await (node === ALL_NODES ? pastOfAll(span, nowMs) : pastOf(node, span, nowMs))
      const kept = await store.nodes().catch(() => [])
      const nodes = [...new Set([...kept, history.tail(span).name])].sort()
      return { span, node: of, nodes, points }
    },
  }
}

interface Place {
  node: string
  startedAt: string
}

/**
 * Picks the name that a node's rows are kept under: `kept`, which outlives the process, unless a node that started
 * earlier has it, as one does that shares the data folder.
 */
export function historyName(kept: string, { node, startedAt }: Place, others: ReturnType<Cluster['others']>): string {
  const isTaken = others.some(
    ({ node: other, status }) => status.historyName === kept && `${status.startedAt} ${other}` < `${startedAt} ${node}`,
  )
  return isTaken ? node : kept
}
