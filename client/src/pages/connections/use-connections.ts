import { useEffect } from 'react'
import type { ConnectionInfo } from '../../../../shared/api.ts'
import { CONNECTIONS_CHANNEL, type ConnectionsNews } from '../../../../shared/dashboard.ts'
import type { Message } from '../../../../shared/protocol.ts'
import type { LiveList } from '../../lib/live-list.ts'
import { fetchConnections } from '../../lib/traffic-api.ts'
import { useLiveList } from '../../lib/use-live-list.ts'

const keyOf = ({ id }: ConnectionInfo) => id

/** Columns whose figures move without anybody coming or going. */
const MOVING = new Set(['messages', 'bytes', 'buffered'])
const RESETTLE_EVERY_MS = 5000

/** Everybody who is connected, live. Rows that are sorted by moving figures change places every five seconds. */
export function useConnections(sortKey: string) {
  const query = useLiveList({ keyOf, channel: CONNECTIONS_CHANNEL, fetchPage: fetchConnections, apply })
  const { list } = query
  const isMoving = MOVING.has(sortKey)
  useEffect(() => {
    if (!isMoving) return
    const timer = setInterval(list.resettle, RESETTLE_EVERY_MS)
    return () => clearInterval(timer)
  }, [isMoving, list])
  return query
}

function apply(message: Message, list: LiveList<ConnectionInfo>): void {
  if (message.type !== 'connections_news') return
  const { opened, changed, closed, figures } = message as unknown as ConnectionsNews
  if (opened.length + changed.length > 0) list.put([...opened, ...changed])
  if (closed.length > 0) list.drop(closed.map(({ id }) => id))
  for (const [id, messagesSent, bytesSent, bufferedBytes] of figures) {
    const row = list.find(id)
    if (row) Object.assign(row, { messagesSent, bytesSent, bufferedBytes })
  }
  if (figures.length > 0) list.touch()
}
