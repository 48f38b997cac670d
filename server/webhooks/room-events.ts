import type { RoomNews } from '../store/video-rooms.ts'
import { captureNews, type Executor } from '../store/webhook-outbox.ts'
import { payloadOf } from './payload.ts'

/** Puts what became of a room into the outbox, in the transaction in which it does. */
export async function captureRoom(tx: Executor, { room, what }: RoomNews): Promise<void> {
  const { id, name, hostId, maxParticipants, createdAt, endedAt } = room
  const shown = { roomId: id, name, hostId, maxParticipants, startedAt: createdAt.toISOString() }
  if (what === 'started') {
    const payload = payloadOf('room.started', shown.startedAt, JSON.stringify(shown))
    await captureNews(tx, [{ event: 'room.started', subject: id, payload, webhookIds: null }])
    return
  }
  const at = (endedAt ?? new Date()).toISOString()
  const payload = payloadOf('room.ended', at, JSON.stringify({ ...shown, endedAt: at, reason: what }))
  await captureNews(tx, [{ event: 'room.ended', subject: id, payload, webhookIds: null }])
}
