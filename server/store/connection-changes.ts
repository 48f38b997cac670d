import type { ConnectionInfo } from '../../shared/api.ts'

/** What has changed since the table of connections was last written. */
export interface MirrorChanges {
  added(info: ConnectionInfo): void
  removed(id: string): void
  /** Hands over what is to be written, and counts it as written. */
  take(): { rows: ConnectionInfo[]; gone: string[] }
  /** Tells whether a written connection was sent something since; if so, counts that as written too. */
  hasMoved(info: ConnectionInfo): boolean
  /** Forgets everything, for a table whose content is unknown. */
  restart(): void
}

/** Creates a list of changes; it never grows beyond what is open or was written. */
export function createMirrorChanges(): MirrorChanges {
  /** The newest state of those that came or changed; null of those that went. */
  const pending = new Map<string, ConnectionInfo | null>()
  /** Messages sent, by connection, as they were written. */
  const written = new Map<string, number>()

  return {
    added: (info) => void pending.set(info.id, info),

    removed(id) {
      // Who was never written leaves no row behind.
      if (written.delete(id)) pending.set(id, null)
      else pending.delete(id)
    },

    take() {
      const rows: ConnectionInfo[] = []
      const gone: string[] = []
      for (const [id, info] of pending) {
        if (info === null) gone.push(id)
        else rows.push(info)
      }
      pending.clear()
      for (const { id, messagesSent } of rows) written.set(id, messagesSent)
      return { rows, gone }
    },

    hasMoved({ id, messagesSent }) {
      const before = written.get(id)
      if (before === undefined || before === messagesSent) return false
      written.set(id, messagesSent)
      return true
    },

    restart() {
      pending.clear()
      written.clear()
    },
  }
}
