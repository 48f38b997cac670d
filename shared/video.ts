import { z } from 'zod'
import { isoTime, nextCursor, operation, type Operation, paging, text } from './operation.ts'
import { displayName, passcode, place, roomId, roomName, seat, size, words } from './video-fields.ts'
import { iceServerSchema, participantSchema, roomDetailSchema, roomSchema, signalSchema } from './video-objects.ts'

export * from './video-objects.ts'

// Video rooms: rooms, who is in them, and the signals between two who are.

const ice = {
  iceServers: z.array(iceServerSchema),
  /** When the credentials among them end, and new ones are to be fetched; null when there are none. */
  iceExpiresAt: isoTime.nullable(),
}

/** One ICE candidate (W3C WebRTC §4.8.1.1); null, or an empty one, ends them. */

export const createRoom = operation({
  method: 'post',
  path: '/api/video/rooms',
  access: 'open',
  summary: 'Opens a video room. `hostToken` gives its bearer the host’s rights, and is shown this once.',
  body: z.strictObject({
    /** Stands in the room’s address; made up if absent. Whoever knows it may join. */
    roomId: roomId.optional(),
    name: roomName,
    /** `sub` of the user who is host; absent: the user who creates it. */
    hostId: words(255).optional(),
    maxParticipants: size.default(8),
    passcode: passcode.optional(),
  }),
  status: 201,
  response: z.object({ room: roomDetailSchema, hostToken: z.string() }),
})
export const listRooms = operation({
  method: 'get',
  path: '/api/video/rooms',
  access: 'open',
  summary: 'Lists the open rooms, the newest first: all for admins and keys with the scope `rooms`, users their own.',
  query: z.object({ q: text.optional(), ...paging }),
  response: z.object({ rooms: z.array(roomDetailSchema), nextCursor }),
})
export const getRoom = operation({
  method: 'get',
  path: '/api/video/rooms/:id',
  access: 'open',
  summary: 'Shows an open room to its host and to admins.',
  params: place,
  response: roomDetailSchema,
  refusals: [410],
})
export const getRoomLobby = operation({
  method: 'get',
  path: '/api/video/rooms/:id/lobby',
  access: 'open',
  summary: 'Tells anyone who knows a room’s id what they meet before they join.',
  params: place,
  response: z.object({
    id: z.string(),
    name: z.string(),
    hasPasscode: z.boolean(),
    locked: z.boolean(),
    maxParticipants: z.number().int(),
    participantCount: z.number().int(),
  }),
  refusals: [410],
})
export const changeRoom = operation({
  method: 'patch',
  path: '/api/video/rooms/:id',
  access: 'open',
  summary: 'Changes an open room, by its host or an admin. A smaller size sends nobody out.',
  params: place,
  body: z.strictObject({
    name: roomName.optional(),
    maxParticipants: size.optional(),
    /** Null takes it away. */
    passcode: passcode.nullable().optional(),
    /** Keeps newcomers out, but for the host. */
    locked: z.boolean().optional(),
    /** Hands the host’s rights to another participant. */
    hostParticipantId: z.string().min(1).max(200).optional(),
  }),
  response: roomDetailSchema,
  refusals: [410],
})
export const endRoom = operation({
  method: 'delete',
  path: '/api/video/rooms/:id',
  access: 'open',
  summary: 'Ends a room, by its host or an admin: everybody is sent out, and their tokens are good no more.',
  params: place,
  status: 204,
  response: z.void(),
  refusals: [410],
})

// ---- participants

export const joinRoom = operation({
  method: 'post',
  path: '/api/video/rooms/:id/join',
  access: 'open',
  summary: 'Joins a room; anyone may who knows its id, and its passcode if it has one.',
  params: place,
  body: z.strictObject({
    displayName,
    passcode: z.string().max(128).optional(),
    /** Whether they are on from the start. */
    microphone: z.boolean().default(true),
    camera: z.boolean().default(true),
  }),
  response: z.object({
    participant: participantSchema,
    /** Everybody in the room, oneself too, the longest present first. */
    participants: z.array(participantSchema),
    room: roomSchema,
    /** Opens the stream that brings the room’s messages and the signals for this participant alone. */
    token: z.string(),
    /** A stream that resumes from here misses nothing that came after `participants` was read. */
    lastEventId: z.string(),
    ...ice,
  }),
  refusals: [410],
})
export const listParticipants = operation({
  method: 'get',
  path: '/api/video/rooms/:id/participants',
  access: 'open',
  summary: 'Shows a room and who is in it to its participants, its host and admins.',
  params: place,
  response: z.object({ room: roomSchema, participants: z.array(participantSchema) }),
  refusals: [410],
})
export const renewIceServers = operation({
  method: 'get',
  path: '/api/video/rooms/:id/ice-servers',
  access: 'open',
  summary: 'Gives a participant ICE servers with fresh credentials, before those from joining end.',
  params: place,
  response: z.object(ice),
  refusals: [410],
})
export const listIceServers = operation({
  method: 'get',
  path: '/api/video/ice-servers',
  access: 'admin',
  summary: 'Gives an admin the ICE servers that calls use, with credentials, to try whether they work.',
  response: z.object(ice),
})
export const leaveRoom = operation({
  method: 'post',
  path: '/api/video/rooms/:id/leave',
  access: 'open',
  summary:
    'Leaves a room. The participant’s token may stand in the body, as JSON, as a form, or as text of its own, so that `navigator.sendBeacon` can leave for a page that closes.',
  params: place,
  body: z.strictObject({ token: z.string().min(1).max(8192).optional() }).default({}),
  bodyTypes: ['application/x-www-form-urlencoded', 'text/plain'],
  status: 204,
  response: z.void(),
  refusals: [410],
})
export const changeParticipant = operation({
  method: 'patch',
  path: '/api/video/rooms/:id/participants/:pid',
  access: 'open',
  summary: 'Tells the room of a change of oneself: name, microphone, camera, screen, raised hand.',
  params: seat,
  body: z.strictObject({
    displayName: displayName.optional(),
    microphone: z.boolean().optional(),
    camera: z.boolean().optional(),
    screen: z.boolean().optional(),
    hand: z.boolean().optional(),
  }),
  response: participantSchema,
  refusals: [410],
})
export const removeParticipant = operation({
  method: 'post',
  path: '/api/video/rooms/:id/participants/:pid/remove',
  access: 'open',
  summary:
    'Sends a participant out, by the host or an admin; the token is good no more. Lock the room to keep them out.',
  params: seat,
  status: 204,
  response: z.void(),
  refusals: [410],
})
export const muteParticipant = operation({
  method: 'post',
  path: '/api/video/rooms/:id/participants/:pid/mute',
  access: 'open',
  summary: 'Silences a participant, by the host or an admin; they may turn the microphone on again.',
  params: seat,
  status: 204,
  response: z.void(),
  refusals: [410],
})

// ---- signals

export const sendSignal = operation({
  method: 'post',
  path: '/api/webrtc/signal',
  access: 'open',
  summary: 'Hands a signal to another participant of one’s room, who alone gets it; it is kept nowhere.',
  body: z.strictObject({ roomId: z.string().min(1).max(200), to: z.string().min(1).max(200), signal: signalSchema }),
  status: 202,
  response: z.object({}),
  refusals: [404],
})

/** The operations of this file, in the order in which papers list them. */
export const VIDEO_OPERATIONS: readonly Operation[] = [
  createRoom,
  listRooms,
  getRoom,
  getRoomLobby,
  changeRoom,
  endRoom,
  joinRoom,
  leaveRoom,
  listParticipants,
  renewIceServers,
  listIceServers,
  changeParticipant,
  removeParticipant,
  muteParticipant,
  sendSignal,
]
