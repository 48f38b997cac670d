import { DeviceError, type DeviceFault } from '../../../call/index.ts'

export type LobbyKind = 'microphone' | 'camera'

/** One device, before the call has it. */
export type LobbyDevice =
  | { kind: 'off' }
  | { kind: 'asking' }
  | { kind: 'on'; track: MediaStreamTrack }
  | { kind: 'fault'; fault: DeviceFault }

export type LobbySnapshot = Readonly<Record<LobbyKind, LobbyDevice>>
type Open = (deviceId: string | null) => Promise<MediaStreamTrack>

/** Holds microphone and camera while somebody looks at themselves, and lets go of them unless they are handed over. */
export interface LobbyDevices {
  getSnapshot: () => LobbySnapshot
  subscribe: (listener: () => void) => () => void
  /** Opens a device, the browser's choice when `deviceId` is empty; a fault is told in the snapshot. */
  turnOn: (kind: LobbyKind, deviceId: string) => Promise<void>
  turnOff: (kind: LobbyKind) => void
  /** Resolves once nothing is being asked for any more, or after `mostMs`; with what is still asked for then. */
  settled: (mostMs: number) => Promise<LobbyKind[]>
  /** What is on now, for a call that may come about. */
  tracks: () => Record<LobbyKind, MediaStreamTrack | null>
  /** Gives the tracks away: the call that came about stops them. */
  handOver: () => void
  /** Stops everything, also what is still being asked for. */
  release: () => void
}

const OFF: LobbySnapshot = { microphone: { kind: 'off' }, camera: { kind: 'off' } }

export function createLobbyDevices(openers: Record<LobbyKind, Open>): LobbyDevices {
  const listeners = new Set<() => void>()
  /** Tells a device that came too late from the one that is wanted now. */
  const wanted = { microphone: 0, camera: 0 }
  let snapshot = OFF

  function put(kind: LobbyKind, device: LobbyDevice) {
    snapshot = { ...snapshot, [kind]: device }
    for (const listener of listeners) listener()
  }

  function drop(kind: LobbyKind) {
    wanted[kind]++
    const device = snapshot[kind]
    if (device.kind === 'on') device.track.stop()
  }

  function turnOff(kind: LobbyKind) {
    drop(kind)
    put(kind, { kind: 'off' })
  }

  return {
    getSnapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async turnOn(kind, deviceId) {
      // A camera that is in use cannot be opened twice in some browsers.
      drop(kind)
      const mine = wanted[kind]
      put(kind, { kind: 'asking' })
      const device = await opened(openers[kind], deviceId)
      if (wanted[kind] !== mine) {
        if (device.kind === 'on') device.track.stop()
        return
      }
      if (device.kind === 'on') {
        device.track.addEventListener('ended', () => {
          if (wanted[kind] === mine) put(kind, { kind: 'fault', fault: 'missing' })
        })
      }
      put(kind, device)
    },
    turnOff,
    settled: (mostMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(finish, mostMs)
        listeners.add(check)
        check()
        function check() {
          if (asked(snapshot).length === 0) finish()
        }
        function finish() {
          clearTimeout(timer)
          listeners.delete(check)
          resolve(asked(snapshot))
        }
      }),
    tracks: () => ({ microphone: trackOf(snapshot.microphone), camera: trackOf(snapshot.camera) }),
    handOver() {
      wanted.microphone++
      wanted.camera++
      snapshot = OFF
    },
    release() {
      turnOff('microphone')
      turnOff('camera')
    },
  }
}

async function opened(open: Open, deviceId: string): Promise<LobbyDevice> {
  try {
    return { kind: 'on', track: await openRemembered(open, deviceId) }
  } catch (error) {
    return { kind: 'fault', fault: error instanceof DeviceError ? error.fault : 'busy' }
  }
}

/** A device that was chosen once may be gone: then the browser chooses. */
async function openRemembered(open: Open, deviceId: string): Promise<MediaStreamTrack> {
  if (deviceId === '') return open(null)
  try {
    return await open(deviceId)
  } catch (error) {
    if (!(error instanceof DeviceError) || error.fault !== 'missing') throw error
    return open(null)
  }
}

function asked(snapshot: LobbySnapshot): LobbyKind[] {
  return (['microphone', 'camera'] as const).filter((kind) => snapshot[kind].kind === 'asking')
}

function trackOf(device: LobbyDevice): MediaStreamTrack | null {
  return device.kind === 'on' ? device.track : null
}
