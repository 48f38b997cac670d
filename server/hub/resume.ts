import { formatPosition, type GapReason, parsePosition, type Position, type Resume } from '../../shared/protocol.ts'

/** Where the log stands: its newest offset, and the offset up to which it has been trimmed. */
export interface LogState {
  epoch: string
  head: number
  trimmed: number
  /** Whether this is how the log itself stands; a node may be behind it, and not know of a position yet. */
  final: boolean
}

/** What a connection's return comes to: from where it reads on, and what it is told. */
export type ResumePlan =
  | { kind: 'live' }
  /** What it saw is not known here, or not yet: another node was faster. */
  | { kind: 'ahead' }
  | { kind: 'replay'; after: number; gap: { reason: GapReason; from: string } | null }

/**
 * Decides what a connection that last saw `lastEventId` gets (contract §6); null when it asked for nothing.
 * On a gap it reads from the oldest message that is still kept.
 */
export function planResume(lastEventId: string | null, log: LogState): ResumePlan {
  if (lastEventId === null || lastEventId === '') return { kind: 'live' }
  const position = parsePosition(lastEventId)
  const gap = (reason: GapReason): ResumePlan => ({
    kind: 'replay',
    // The log may be trimmed past what was handed out here, by a moment.
    after: Math.min(log.trimmed, log.head),
    gap: { reason, from: lastEventId },
  })
  if (!position) return gap('invalid')
  if (position.epoch !== log.epoch) return log.final ? gap('epoch') : { kind: 'ahead' }
  if (position.offset > log.head) return log.final ? gap('invalid') : { kind: 'ahead' }
  if (position.offset < log.trimmed) return gap('expired')
  return { kind: 'replay', after: position.offset, gap: null }
}

/** Puts the outcome into the words of the `connected` frame; `start` is the position just before what follows. */
export function certificate(gap: { reason: GapReason; from: string } | null, start: Position): Resume {
  if (gap === null) return { status: 'complete' }
  return { status: 'gap', reason: gap.reason, from: gap.from.slice(0, 100), to: formatPosition(start) }
}
