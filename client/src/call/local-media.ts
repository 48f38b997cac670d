import { DeviceError, type DeviceFault } from './device-fault.ts'
import { openCamera, openMicrophone, openScreen } from './devices.ts'
import { createMeter, type Meter } from './meter.ts'
import { type Slot, SLOTS, type Tracks } from './slots.ts'

/** A device that one turns on and off. */
export type Device = 'microphone' | 'camera'

/** What this page takes in itself: its microphone, its camera, its screen. */
export interface LocalMedia {
  readonly tracks: Tracks
  readonly isOn: { microphone: boolean; camera: boolean; screen: boolean }
  readonly faults: { microphone: DeviceFault | null; camera: DeviceFault | null; screen: DeviceFault | null }
  /** Opens the device where it is not open yet; rejects with DeviceError. Turns wait for each other. */
  turn: (device: Device, on: boolean) => Promise<void>
  /** Goes over to another device; rejects with DeviceError, and goes on with the present one. */
  choose: (device: Device, deviceId: string) => Promise<void>
  /** Rejects with DeviceError. */
  share: () => Promise<void>
  stopSharing: () => void
  /** How loud the microphone is, 0 to 1. */
  level: () => number
  /** Lets go of every device, also of one that the browser still asks the reader about. */
  close: () => void
}

export interface LocalMediaOptions {
  microphone: MediaStreamTrack | null
  camera: MediaStreamTrack | null
  /** A slot has another track, or none. */
  onTrack: (slot: Slot, track: MediaStreamTrack | null) => void
  /** Something was turned on or off, by whomever, or failed. */
  onChange: () => void
}

const OPEN = { microphone: openMicrophone, camera: openCamera } as const
const SLOT = { microphone: 'voice', camera: 'camera' } as const

export function createLocalMedia({ microphone, camera, onTrack, onChange }: LocalMediaOptions): LocalMedia {
  const tracks: Tracks = { voice: null, camera: null, screen: null, screenSound: null }
  const chosen: Record<Device, string | null> = { microphone: null, camera: null }
  const faults: LocalMedia['faults'] = { microphone: null, camera: null, screen: null }
  const turns: Record<Device, Promise<void>> = { microphone: Promise.resolve(), camera: Promise.resolve() }
  let meter: Meter | null = null
  let isClosed = false

  function put(slot: Slot, track: MediaStreamTrack | null) {
    const old = tracks[slot]
    if (old === track) return
    old?.stop()
    tracks[slot] = track
    // Fires when the device is unplugged or sharing is stopped in the browser's own bar, not after stop().
    track?.addEventListener('ended', () => lose(slot, track), { once: true })
    if (slot === 'voice') measure(track)
    onTrack(slot, track)
  }

  function measure(track: MediaStreamTrack | null) {
    meter?.close()
    meter = track === null ? null : createMeter(track)
  }

  function lose(slot: Slot, track: MediaStreamTrack) {
    if (tracks[slot] !== track) return
    put(slot, null)
    if (slot === 'voice') faults.microphone = 'missing'
    if (slot === 'camera') faults.camera = 'missing'
    if (slot === 'screen') put('screenSound', null)
    onChange()
  }

  async function open(device: Device, deviceId: string | null) {
    try {
      const track = await OPEN[device](deviceId)
      if (isClosed) return track.stop()
      chosen[device] = track.getSettings().deviceId ?? deviceId
      faults[device] = null
      put(SLOT[device], track)
    } catch (error) {
      faults[device] = error instanceof DeviceError ? error.fault : 'busy'
      throw error
    } finally {
      onChange()
    }
  }

  async function turnNow(device: Device, on: boolean) {
    if (isClosed) return
    const track = tracks[SLOT[device]]
    if (on && track === null) return open(device, chosen[device]).catch((error) => openAny(device, error))
    if (device === 'camera' && !on) put('camera', null)
    // A microphone stays open while it is muted: it is to be heard with the first word.
    if (device === 'microphone' && track !== null) track.enabled = on
    onChange()
  }

  /** The device that was chosen is gone: another one will do. */
  async function openAny(device: Device, error: unknown) {
    if (chosen[device] === null || faults[device] !== 'missing') throw error
    return open(device, null)
  }

  async function chooseNow(device: Device, deviceId: string) {
    const track = tracks[SLOT[device]]
    if (track === null) {
      chosen[device] = deviceId
      return
    }
    const isEnabled = track.enabled
    await open(device, deviceId)
    const fresh = tracks[SLOT[device]]
    if (fresh !== null) fresh.enabled = isEnabled
  }

  function inTurn(device: Device, run: () => Promise<void>): Promise<void> {
    const done = turns[device].then(run)
    turns[device] = done.catch(() => undefined)
    return done
  }

  function stopSharing() {
    put('screen', null)
    put('screenSound', null)
    onChange()
  }

  async function share() {
    const stream = await openScreen().catch((error: unknown) => {
      faults.screen = error instanceof DeviceError ? error.fault : 'busy'
      onChange()
      throw error
    })
    const [picture = null] = stream.getVideoTracks()
    const [sound = null] = stream.getAudioTracks()
    if (isClosed) return stream.getTracks().forEach((track) => track.stop())
    // Letters stay sharp at the cost of motion.
    if (picture !== null) picture.contentHint = 'detail'
    faults.screen = null
    put('screen', picture)
    put('screenSound', sound)
    onChange()
  }

  put('voice', microphone)
  put('camera', camera)
  chosen.microphone = microphone?.getSettings().deviceId ?? null
  chosen.camera = camera?.getSettings().deviceId ?? null

  return {
    tracks,
    faults,
    get isOn() {
      return {
        microphone: tracks.voice?.enabled === true,
        camera: tracks.camera !== null,
        screen: tracks.screen !== null,
      }
    },
    turn: (device, on) => inTurn(device, () => turnNow(device, on)),
    choose: (device, deviceId) => inTurn(device, () => chooseNow(device, deviceId)),
    share,
    stopSharing,
    level: () => (tracks.voice?.enabled === true ? (meter?.level() ?? 0) : 0),
    close() {
      isClosed = true
      for (const slot of SLOTS) {
        tracks[slot]?.stop()
        tracks[slot] = null
      }
      measure(null)
    },
  }
}
