import { z } from 'zod'
import { isoTime } from './operation.ts'

// What travels of video rooms: rooms, who is in them, ICE servers, signals.

/** Largest signal, as JSON text in UTF-8. */
export const MAX_SIGNAL_BYTES = 65_536

export const participantSchema = z.object({
  id: z.string(),
  displayName: z.string(),
  isHost: z.boolean(),
  microphone: z.boolean(),
  camera: z.boolean(),
  screen: z.boolean(),
  hand: z.boolean(),
  joinedAt: isoTime,
})
/** Somebody who is in a room, as the others see them. */
export type Participant = z.infer<typeof participantSchema>

export const roomSchema = z.object({
  id: z.string(),
  name: z.string(),
  maxParticipants: z.number().int(),
  locked: z.boolean(),
  hasPasscode: z.boolean(),
  /** The participant who is host; null while none is. */
  hostParticipantId: z.string().nullable(),
  createdAt: isoTime,
})
/** A room, as its participants see it. */
export type Room = z.infer<typeof roomSchema>

export const roomDetailSchema = roomSchema.extend({
  /** The user who is host by name; null for whoever holds the host token alone. */
  hostId: z.string().nullable(),
  /** Who is in it, the longest present first. */
  participants: z.array(participantSchema.extend({ userId: z.string().nullable() })),
})
/** A room with all that its host and admins may know. */
export type RoomDetail = z.infer<typeof roomDetailSchema>

/** One ICE server, as `RTCPeerConnection` takes it (W3C WebRTC §4.2.4). */
export const iceServerSchema = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
})
export type IceServer = z.infer<typeof iceServerSchema>

const candidate = z
  .looseObject({
    candidate: z.string().optional(),
    sdpMid: z.string().nullable().optional(),
    sdpMLineIndex: z.number().int().nullable().optional(),
    usernameFragment: z.string().nullable().optional(),
  })
  .nullable()

export const signalSchema = z.discriminatedUnion('kind', [
  z.looseObject({ kind: z.literal('offer'), sdp: z.string().min(1) }),
  z.looseObject({ kind: z.literal('answer'), sdp: z.string().min(1) }),
  z.looseObject({ kind: z.literal('candidate'), candidate }),
])
/** What one browser tells another to reach it. */
export type Signal = z.infer<typeof signalSchema>

export const LEAVE_REASONS = ['left', 'away', 'removed', 'ended'] as const
/** Why somebody is no longer in a room: `away`: the connection was gone for too long. */
export type LeaveReason = (typeof LEAVE_REASONS)[number]

/** What the server says on `room/<id>`; `chat` and `app.*` are the participants' own. */
export type RoomFrame =
  | { type: 'participant_joined'; roomId: string; participant: Participant }
  | { type: 'participant_left'; roomId: string; participant: Participant; reason: LeaveReason }
  /** `muted`: the host has silenced them, and their browser is to turn the microphone off. */
  | { type: 'participant_updated'; roomId: string; participant: Participant; muted?: true }
  | { type: 'room_updated'; roomId: string; room: Room }
  | { type: 'room_ended'; roomId: string; reason: 'ended' | 'idle' }
