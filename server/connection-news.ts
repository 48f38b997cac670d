import type { ConnectionInfo } from '../shared/api.ts'
import { CONNECTIONS_CHANNEL, type ConnectionFigures, type ConnectionsNews } from '../shared/dashboard.ts'
import type { Connection } from './hub/connection.ts'
import type { Hub } from './hub/hub.ts'

/** How often the dashboard is told. */
const TELL_EVERY_MS = 1000
/** Most connections in one message, so that none is a burden by itself. */
const MAX_TOLD = 250
/** Most connections whose figures are looked at in one turn; with more it takes several to get round. */
const MAX_FIGURES = 2500

/** Tells `admin/connections` what became of the connections, once a second and while somebody listens. */
export interface ConnectionNews {
  opened(info: ConnectionInfo): void
  changed(info: ConnectionInfo): void
  closed(id: string, reason: string): void
  stop(): void
}

export function createConnectionNews({ hub }: { hub: () => Hub }): ConnectionNews {
  const opened = new Map<string, ConnectionInfo>()
  const changed = new Map<string, ConnectionInfo>()
  const closed = new Map<string, string>()
  const figures = createFiguresRound(() => hub().connections)

  function forget(): void {
    opened.clear()
    changed.clear()
    closed.clear()
  }

  function tell(): void {
    if (!hub().publisher.isHeard(CONNECTIONS_CHANNEL)) {
      figures.forget()
      return forget()
    }
    const rows = [...opened.values()].map((info) => ({ opened: info }))
    const others = [...changed.values()].map((info) => ({ changed: info }))
    const gone = [...closed].map(([id, reason]) => ({ closed: { id, reason } }))
    const moved = figures.next()
    forget()
    const news: Piece[] = [...rows, ...others, ...gone]
    for (let at = 0; at < news.length; at += MAX_TOLD) announce(toNews(news.slice(at, at + MAX_TOLD), []))
    if (moved.length > 0) announce(toNews([], moved))
  }

  function announce(news: ConnectionsNews): void {
    hub().publisher.announce(CONNECTIONS_CHANNEL, { ...news }, 'everywhere')
  }

  const timer = setInterval(tell, TELL_EVERY_MS).unref()

  return {
    opened: (info) => void opened.set(info.id, info),
    changed(info) {
      // Whoever was not told of its opening is told of it as it is now.
      if (opened.has(info.id)) opened.set(info.id, info)
      else changed.set(info.id, info)
    },
    closed(id, reason) {
      figures.drop(id)
      opened.delete(id)
      changed.delete(id)
      // Also of one that was not told of yet: a list that was read meanwhile may hold it.
      closed.set(id, reason)
    },
    stop: () => clearInterval(timer),
  }
}

type Piece = { opened: ConnectionInfo } | { changed: ConnectionInfo } | { closed: { id: string; reason: string } }

function toNews(pieces: readonly Piece[], figures: ConnectionFigures[]): ConnectionsNews {
  return {
    type: 'connections_news',
    opened: pieces.flatMap((piece) => ('opened' in piece ? [piece.opened] : [])),
    changed: pieces.flatMap((piece) => ('changed' in piece ? [piece.changed] : [])),
    closed: pieces.flatMap((piece) => ('closed' in piece ? [piece.closed] : [])),
    figures,
  }
}

/** Goes round all connections, a bounded number at each call, and picks those whose figures have moved. */
export function createFiguresRound(connections: () => ReadonlyMap<string, Connection>, perTurn = MAX_FIGURES) {
  const told = new Map<string, number>()
  let round: Iterator<Connection> | null = null
  return {
    next(): ConnectionFigures[] {
      const moved: ConnectionFigures[] = []
      for (let looks = Math.min(perTurn, connections().size); looks > 0; looks--) {
        round ??= connections().values()
        const step = round.next()
        if (step.done) {
          round = null
          continue
        }
        const { id, messagesSent, bytesSent, sink } = step.value
        const mark = bytesSent + sink.writableLength
        if (told.get(id) === mark) continue
        told.set(id, mark)
        moved.push([id, messagesSent, bytesSent, sink.writableLength])
      }
      return moved
    },
    drop: (id: string) => void told.delete(id),
    forget(): void {
      told.clear()
      round = null
    },
  }
}
