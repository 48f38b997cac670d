/** Somebody who is in a room, as the others see them. */
export interface WireParticipant {
  id: string
  displayName: string
  isHost: boolean
  microphone: boolean
  camera: boolean
  screen: boolean
  hand: boolean
  joinedAt: string
}
export interface WireRoom {
  id: string
  name: string
  maxParticipants: number
  locked: boolean
  hostParticipantId: string | null
}
export interface WireIce {
  iceServers: RTCIceServer[]
  iceExpiresAt: string | null
}
export interface WireJoined extends WireIce {
  participant: WireParticipant
  participants: WireParticipant[]
  room: WireRoom
  token: string
  lastEventId: string
}
export type RoomFrame =
  | { type: 'participant_joined'; roomId: string; participant: WireParticipant }
  | { type: 'participant_left'; roomId: string; participant: WireParticipant; reason: string }
  | { type: 'participant_updated'; roomId: string; participant: WireParticipant; muted?: true }
  | { type: 'room_updated'; roomId: string; room: WireRoom }
  | { type: 'room_ended'; roomId: string; reason: string }
