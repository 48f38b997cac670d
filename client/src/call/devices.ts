import { DeviceError, faultOf } from './device-fault.ts'

/** Opens a microphone, the browser's choice when `deviceId` is null; rejects with DeviceError. */
export async function openMicrophone(deviceId: string | null = null): Promise<MediaStreamTrack> {
  const audio = { ...chosen(deviceId), echoCancellation: true, noiseSuppression: true, autoGainControl: true }
  return firstTrack(await open((devices) => devices.getUserMedia({ audio })))
}

/** Opens a camera at up to 720p, the browser's choice when `deviceId` is null; rejects with DeviceError. */
export async function openCamera(deviceId: string | null = null): Promise<MediaStreamTrack> {
  const size = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } }
  const video = { ...chosen(deviceId), ...size }
  return firstTrack(await open((devices) => devices.getUserMedia({ video })))
}

/** Asks what to share: one picture, and sound where the browser offers it; rejects with DeviceError. */
export async function openScreen(): Promise<MediaStream> {
  const video = { frameRate: { ideal: 15, max: 30 } }
  return open((devices) => devices.getDisplayMedia({ video, audio: true }))
}

function chosen(deviceId: string | null): MediaTrackConstraints {
  return deviceId === null ? {} : { deviceId: { exact: deviceId } }
}

async function open(ask: (devices: MediaDevices) => Promise<MediaStream>): Promise<MediaStream> {
  // Browsers hide the whole object on pages that are not secure.
  const devices = navigator.mediaDevices as MediaDevices | undefined
  if (devices === undefined) throw new DeviceError(window.isSecureContext ? 'unsupported' : 'insecure')
  try {
    return await ask(devices)
  } catch (error) {
    throw new DeviceError(faultOf(error), error)
  }
}

function firstTrack(stream: MediaStream): MediaStreamTrack {
  const track = stream.getTracks()[0]
  if (track === undefined) throw new DeviceError('missing')
  return track
}
