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
