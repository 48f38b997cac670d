import type { ArchiveRow } from '../store/archive-log.ts'
import type { LogEntry } from './broker.ts'

/** Reads an entry's columns out of its text, which the server wrote itself. */
export function archiveRowOf({ offset, channel, body, exclude }: LogEntry): ArchiveRow {
  const { type, timestamp, from } = JSON.parse(body) as { type: string; timestamp: string; from?: string }
  return { offset, channel, type, sender: from ?? null, timestampMs: Date.parse(timestamp), body, exclude }
}
