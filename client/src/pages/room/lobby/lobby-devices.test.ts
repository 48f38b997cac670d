import { describe, expect, it } from 'vitest'
import { DeviceError } from '../../../call/index.ts'
import { createLobbyDevices, type LobbyKind } from './lobby-devices.ts'

class Track extends EventTarget {
  readyState = 'live'
  readonly deviceId: string | null
  constructor(deviceId: string | null) {
    super()
    this.deviceId = deviceId
  }
  stop() {
    this.readyState = 'ended'
  }
}

function stage(open: (deviceId: string | null) => Promise<Track> = async (deviceId) => new Track(deviceId)) {
  const tracks: Track[] = []
  const opener = async (deviceId: string | null) => {
    const track = await open(deviceId)
    tracks.push(track)
    return track as unknown as MediaStreamTrack
  }
  const devices = createLobbyDevices({ microphone: opener, camera: opener })
  return { devices, tracks, kindOf: (kind: LobbyKind) => devices.getSnapshot()[kind].kind }
}

const live = (tracks: Track[]) => tracks.filter(({ readyState }) => readyState === 'live').length

describe('createLobbyDevices', () => {
  it('stops the camera when it is turned off', async () => {
    const { devices, tracks, kindOf } = stage()
    await devices.turnOn('camera', '')
    expect(kindOf('camera')).toBe('on')
    devices.turnOff('camera')
    expect(kindOf('camera')).toBe('off')
    expect(live(tracks)).toBe(0)
  })

  it('stops what comes too late when the lobby was left while the browser asked', async () => {
    let allow = () => {}
    const allowed = new Promise<void>((resolve) => (allow = resolve))
    const { devices, tracks, kindOf } = stage(async (deviceId) => {
      await allowed
      return new Track(deviceId)
    })
    const opening = devices.turnOn('camera', '')
    expect(kindOf('camera')).toBe('asking')
    devices.release()
    allow()
    await opening
    expect(tracks).toHaveLength(1)
    expect(live(tracks)).toBe(0)
    expect(kindOf('camera')).toBe('off')
  })

  it('waits for what is being asked for, but not for ever', async () => {
    let allow = () => {}
    const allowed = new Promise<void>((resolve) => (allow = resolve))
    const { devices } = stage(async (deviceId) => {
      await allowed
      return new Track(deviceId)
    })
    expect(await devices.settled(10_000)).toEqual([])
    const opening = devices.turnOn('camera', '')
    expect(await devices.settled(1)).toEqual(['camera'])
    const settled = devices.settled(10_000)
    allow()
    await opening
    expect(await settled).toEqual([])
  })

  it('keeps one track alone when another device is chosen', async () => {
    const { devices, tracks } = stage()
    await devices.turnOn('microphone', 'a')
    await devices.turnOn('microphone', 'b')
    expect(live(tracks)).toBe(1)
    expect(tracks.at(-1)?.deviceId).toBe('b')
  })

  it('takes the browser’s choice when the remembered device is gone', async () => {
    const { devices, kindOf } = stage(async (deviceId) => {
      if (deviceId !== null) throw new DeviceError('missing')
      return new Track(deviceId)
    })
    await devices.turnOn('camera', 'unplugged')
    expect(kindOf('camera')).toBe('on')
  })

  it('tells the fault when the device is refused', async () => {
    const { devices } = stage(() => Promise.reject(new DeviceError('refused')))
    await devices.turnOn('camera', '')
    expect(devices.getSnapshot().camera).toEqual({ kind: 'fault', fault: 'refused' })
  })

  it('leaves tracks running when they were handed over', async () => {
    const { devices, tracks } = stage()
    await devices.turnOn('microphone', '')
    const { microphone, camera } = devices.tracks()
    devices.handOver()
    devices.release()
    expect(microphone).toBe(tracks[0])
    expect(camera).toBeNull()
    expect(live(tracks)).toBe(1)
  })

  it('tells that a device is missing when it is unplugged', async () => {
    const { devices, tracks, kindOf } = stage()
    await devices.turnOn('camera', '')
    tracks[0]!.dispatchEvent(new Event('ended'))
    expect(kindOf('camera')).toBe('fault')
  })
})
