import type { MeshBudget } from './budget.ts'
import type { DeviceFault } from './device-fault.ts'

/** Why a call is over for this participant. */
export type EndReason =
  /** `leave()` was called, or the page went away. */
  | 'left'
  /** The host took this participant out. */
  | 'removed'
  /** The room was ended for everybody. */
  | 'ended'
  /** The hub could not be reached for so long that the place was given up. */
  | 'lost'

export type CallStatus =
  /** The place in the room is taken; the stream of signals is being opened. */
  | { kind: 'joining' }
  | { kind: 'live' }
  /** The stream of signals is cut, since this epoch millisecond; picture and sound may well go on. */
  | { kind: 'reconnecting'; sinceMs: number }
  | { kind: 'ended'; reason: EndReason }

/** How picture and sound to one participant travel. */
export type PeerConnection = 'connecting' | 'connected' | 'reconnecting' | 'failed'

/** What `getStats` says about the way to one participant, over the last seconds. */
export interface Quality {
  level: 'good' | 'fair' | 'poor'
  /** Share of packets that were lost on their way here, 0 to 1. */
  lossRatio: number
  /** Null until the first check has come back. */
  roundTripMs: number | null
  receivedBitsPerSecond: number
  sentBitsPerSecond: number
  /** Whether packets go through a TURN server; null until a way was found. */
  route: 'direct' | 'relay' | null
  /** `udp`, `tcp`, or `tls` to the TURN server; null until a way was found. */
  protocol: string | null
  /** Of the picture that comes in; null while none does. */
  picture: { width: number; height: number; framesPerSecond: number } | null
  framesDecoded: number
}

/** What the hub knows of somebody in the room. */
export interface Person {
  id: string
  displayName: string
  isHost: boolean
  microphone: boolean
  camera: boolean
  screen: boolean
  hand: boolean
  /** Epoch milliseconds. */
  joinedAtMs: number
}

/** Somebody else in the call. Objects are new when something in them changed, else the same. */
export interface Participant extends Person {
  /** Each stream stays the same object as long as it lasts; null while there is nothing to see or hear. */
  streams: {
    /** For an `<audio>` element that stays in the page. */
    voice: MediaStream | null
    /** Picture alone. */
    camera: MediaStream | null
    /** Picture, and sound where the browser shares it. */
    screen: MediaStream | null
  }
  /** The camera is on and no picture comes: only who speaks sends one, or the line is too thin. */
  cameraPaused: boolean
  speaking: boolean
  connection: PeerConnection
  /** Null until it was measured. */
  quality: Quality | null
}

/** Oneself. */
export interface Self extends Person {
  streams: { camera: MediaStream | null; screen: MediaStream | null }
  speaking: boolean
  /** Why a device that was asked for is not in use; null when nothing is wrong with it. */
  faults: { microphone: DeviceFault | null; camera: DeviceFault | null; screen: DeviceFault | null }
  /** Devices in use, as `enumerateDevices` names them; null for none. */
  devices: { microphone: string | null; camera: string | null }
  /** The host turned the microphone off, and it was not turned on again since. */
  mutedByHost: boolean
}

export interface RoomInfo {
  id: string
  name: string
  locked: boolean
  maxParticipants: number
  /** Null while the host is away. */
  hostParticipantId: string | null
}

/** A line of the room's chat. */
export interface ChatLine {
  /** Its position in the log. */
  id: string
  participantId: string | null
  /** The name at the time when it was sent. */
  name: string
  text: string
  sentAtMs: number
  own: boolean
}

/** All that a page shows of a call: immutable, replaced as a whole when something changed. */
export interface CallSnapshot {
  status: CallStatus
  self: Self
  /** The others, in the order in which they came. */
  participants: readonly Participant[]
  room: RoomInfo
  /** In log order, oldest first. */
  chat: readonly ChatLine[]
  /** Who speaks, or spoke last; does not jump at a cough. Null until somebody has spoken. */
  activeSpeakerId: string | null
  budget: MeshBudget
}
