import type { CallSnapshot } from './snapshot.ts'

/** One participant's part in a room's call. Everything it asks of the hub may reject with a `RequestError`. */
export interface Call {
  /** For `useSyncExternalStore`; the same object until something changed. */
  getSnapshot: () => CallSnapshot
  subscribe: (listener: () => void) => () => void
  /** How loud somebody is now, 0 to 1, oneself included; read it for each frame that draws it. */
  level: (participantId: string) => number

  /** Opens the microphone when there is none yet; rejects with DeviceError. */
  setMicrophone: (on: boolean) => Promise<void>
  /** Opens the camera, or stops it so that its light goes out; rejects with DeviceError. */
  setCamera: (on: boolean) => Promise<void>
  /** Goes over to another device, which is in use at once where the present one is; rejects with DeviceError. */
  useDevice: (kind: 'microphone' | 'camera', deviceId: string) => Promise<void>
  /** Asks the browser what to share, beside the camera; rejects with DeviceError, `refused` when nothing was chosen. */
  shareScreen: () => Promise<void>
  stopSharing: () => Promise<void>
  setHand: (up: boolean) => Promise<void>
  setName: (displayName: string) => Promise<void>
  sendChat: (text: string) => Promise<void>

  /** For the host alone. */
  host: {
    mute: (participantId: string) => Promise<void>
    remove: (participantId: string) => Promise<void>
    setLocked: (locked: boolean) => Promise<void>
    /** Ends the room for everybody. */
    end: () => Promise<void>
  }

  /** Asks the hub for its stream at once, rather than when the wait is over. */
  retry: () => void
  /** Leaves, and lets go of every device. Never rejects; may be called twice. */
  leave: () => Promise<void>
}
