import type { Stats } from '../../../shared/api.ts'

/** What is wrong with a server that still runs, the worst first. */
export type Fault =
  | { kind: 'database'; what: string }
  | { kind: 'broker'; what: string }
  | { kind: 'mqtt' }
  | { kind: 'room'; current: number; max: number }
  | { kind: 'lag'; ms: number }
  | { kind: 'slow'; count: number }
  | { kind: 'unclean' }

/** A fault, and the nodes that have it, by name. */
export interface SharedFault {
  fault: Fault
  nodes: readonly string[]
}

const KINDS = ['database', 'broker', 'mqtt', 'room', 'lag', 'slow', 'unclean'] as const satisfies Fault['kind'][]

/** Above this the event loop holds up everything, in milliseconds. */
const LAG_MS = 250
/** Of the connections that there is room for. */
const NEARLY_FULL = 0.9

/** Reads from the figures what an operator should look after. */
export function faultsOf({ database, broker, mqtt, connections, eventLoopLagMs }: Stats): Fault[] {
  const faults: Fault[] = []
  if (!database.ok) faults.push({ kind: 'database', what: database.kind })
  // A broker that lives in the database is away with it: that has been said.
  if (!broker.ok && database.ok) faults.push({ kind: 'broker', what: broker.kind })
  if (mqtt?.ok === false) faults.push({ kind: 'mqtt' })
  if (connections.current >= connections.max * NEARLY_FULL) {
    faults.push({ kind: 'room', current: connections.current, max: connections.max })
  }
  if (eventLoopLagMs.p99 > LAG_MS) faults.push({ kind: 'lag', ms: eventLoopLagMs.p99 })
  if (connections.slowLastMinute > 0) faults.push({ kind: 'slow', count: connections.slowLastMinute })
  if (database.unclean) faults.push({ kind: 'unclean' })
  return faults
}

/** Of several nodes each kind of fault once: as the node has it that it is worst on, which stands first. */
export function faultsOfAll(all: readonly Stats[]): SharedFault[] {
  const found = all.flatMap((stats) => faultsOf(stats).map((fault) => ({ fault, node: stats.node })))
  return KINDS.flatMap((kind) => {
    const same = found
      .filter(({ fault }) => fault.kind === kind)
      .toSorted((a, b) => gravity(b.fault) - gravity(a.fault))
    const [worst] = same
    return worst === undefined ? [] : [{ fault: worst.fault, nodes: same.map(({ node }) => node) }]
  })
}

function gravity(fault: Fault): number {
  switch (fault.kind) {
    case 'room':
      return fault.current / fault.max
    case 'lag':
      return fault.ms
    case 'slow':
      return fault.count
    default:
      return 0
  }
}
