import { joinRoom } from '../../call/index.ts'
import { RoomPage } from './room-page.tsx'

/** A room's page over the hub that serves it; another room is another page. */
export function RoomEntry({ roomId }: { roomId: string }) {
  return <RoomPage key={roomId} roomId={roomId} join={joinRoom} />
}
