import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLocalMedia, type LocalMedia } from './local-media.ts'

/** A device's track; `unplug` ends it as the system does. */
class FakeTrack extends EventTarget {
  enabled = true
  readyState = 'live'
  contentHint = ''
  readonly kind: string
  readonly deviceId: string
  constructor(kind: string, deviceId = `${kind}-1`) {
    super()
    this.kind = kind
    this.deviceId = deviceId
  }
  getSettings() {
    return { deviceId: this.deviceId }
  }
  stop() {
    this.readyState = 'ended'
  }
  unplug() {
    this.stop()
    this.dispatchEvent(new Event('ended'))
  }
}

const opened: FakeTrack[] = []
const changes: [string, unknown][] = []
let getUserMedia = vi.fn<(wanted: MediaStreamConstraints) => Promise<unknown>>()

/** What the browser gives: a track of the device that was asked for. */
function give({ audio, video }: MediaStreamConstraints) {
  const [kind, wanted] = audio ? ['audio', audio] : ['video', video]
  const chosen = (wanted as MediaTrackConstraints).deviceId as { exact: string } | undefined
  const track = new FakeTrack(kind, chosen?.exact)
  opened.push(track)
  return { getTracks: () => [track], getVideoTracks: () => [track], getAudioTracks: () => [] }
}

const noDevice = (name: string) => Promise.reject(new DOMException('no', name))
const live = () => opened.filter(({ readyState }) => readyState === 'live')

let media: LocalMedia
function start(tracks: { microphone?: FakeTrack; camera?: FakeTrack } = {}) {
  const taken = (track: FakeTrack | undefined) => {
    if (track) opened.push(track)
    return (track ?? null) as unknown as MediaStreamTrack | null
  }
  media = createLocalMedia({
    microphone: taken(tracks.microphone),
    camera: taken(tracks.camera),
    onTrack: (slot, track) => changes.push([slot, track]),
    onChange: () => undefined,
  })
}

beforeEach(() => {
  opened.length = changes.length = 0
  getUserMedia = vi.fn((wanted) => Promise.resolve(give(wanted)))
  const devices = { getUserMedia: (wanted: MediaStreamConstraints) => getUserMedia(wanted), getDisplayMedia }
  vi.stubGlobal('navigator', { mediaDevices: devices })
  // Nothing is asked of either.
  vi.stubGlobal('MediaStream', EventTarget)
  vi.stubGlobal('AnalyserNode', EventTarget)
  vi.stubGlobal(
    'AudioContext',
    class {
      createMediaStreamSource = () => ({ connect: () => undefined })
      close = () => Promise.resolve()
    },
  )
})
afterEach(() => {
  media.close()
  vi.unstubAllGlobals()
})

const getDisplayMedia = () => Promise.resolve(give({ video: {} }))

it('stops the camera when it is turned off, so that its light goes out', async () => {
  start({ camera: new FakeTrack('video') })
  await media.turn('camera', false)
  expect(live()).toEqual([])
  expect(changes.at(-1)).toEqual(['camera', null])
  await media.turn('camera', true)
  expect(live()).toHaveLength(1)
  expect(changes.at(-1)).toEqual(['camera', live()[0]])
})

it('keeps the microphone open while it is muted', async () => {
  const microphone = new FakeTrack('audio')
  start({ microphone })
  await media.turn('microphone', false)
  expect([microphone.enabled, microphone.readyState]).toEqual([false, 'live'])
  expect(media.isOn.microphone).toBe(false)
})

it('ends as it was asked last when it is turned on and off at once', async () => {
  start()
  await Promise.all([media.turn('camera', true), media.turn('camera', false)])
  expect(media.isOn.camera).toBe(false)
  expect(live()).toEqual([])
})

it('says why a device cannot be had, and forgets it once it can', async () => {
  start()
  getUserMedia.mockImplementationOnce(() => noDevice('NotAllowedError'))
  await expect(media.turn('camera', true)).rejects.toMatchObject({ fault: 'refused' })
  expect(media.faults.camera).toBe('refused')
  await media.turn('camera', true)
  expect(media.faults.camera).toBeNull()
})

it('takes another camera when the chosen one is gone', async () => {
  start({ camera: new FakeTrack('video', 'usb') })
  await media.turn('camera', false)
  getUserMedia.mockImplementationOnce(() => noDevice('NotFoundError'))
  await media.turn('camera', true)
  expect(getUserMedia.mock.calls.map(([{ video }]) => (video as MediaTrackConstraints).deviceId)).toEqual([
    { exact: 'usb' },
    undefined,
  ])
  expect(media.isOn.camera).toBe(true)
})

it('is off when the device is unplugged', () => {
  const camera = new FakeTrack('video')
  start({ camera })
  camera.unplug()
  expect(media.isOn.camera).toBe(false)
  expect(media.faults.camera).toBe('missing')
  expect(changes.at(-1)).toEqual(['camera', null])
})

it('goes over to another microphone and stays muted', async () => {
  start({ microphone: new FakeTrack('audio') })
  await media.turn('microphone', false)
  await media.choose('microphone', 'headset')
  expect(live()).toMatchObject([{ deviceId: 'headset', enabled: false }])
})

it('goes on with the present device when the other one cannot be had', async () => {
  const camera = new FakeTrack('video')
  start({ camera })
  getUserMedia.mockImplementationOnce(() => noDevice('NotReadableError'))
  await expect(media.choose('camera', 'usb')).rejects.toMatchObject({ fault: 'busy' })
  expect(live()).toEqual([camera])
})

it('remembers a device that is chosen while it is off', async () => {
  start()
  await media.choose('camera', 'usb')
  expect(opened).toEqual([])
  await media.turn('camera', true)
  expect(live()).toMatchObject([{ deviceId: 'usb' }])
})

it('stops sharing when the browser’s own bar ends it', async () => {
  start()
  await media.share()
  expect(media.isOn.screen).toBe(true)
  opened[0]!.unplug()
  expect(media.isOn.screen).toBe(false)
  expect(changes.at(-1)).toEqual(['screen', null])
})

it('lets go of everything when it is closed, also of what the reader allows only then', async () => {
  start({ microphone: new FakeTrack('audio') })
  let allow = () => undefined as void
  getUserMedia.mockImplementationOnce(async (wanted) => {
    await new Promise<void>((resolve) => (allow = resolve))
    return give(wanted)
  })
  const turning = media.turn('camera', true)
  await vi.waitFor(() => expect(getUserMedia).toHaveBeenCalled())
  media.close()
  allow()
  await turning
  expect(opened).toHaveLength(2)
  expect(live()).toEqual([])
  expect(media.isOn).toEqual({ microphone: false, camera: false, screen: false })
})
