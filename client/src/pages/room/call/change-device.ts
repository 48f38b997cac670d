import type { Call } from '../../../call/index.ts'
import { ownDevices } from '../own-choices.ts'

/** Goes over to another device, now and in the calls to come; rejects with DeviceError. */
export function changeDevice(call: Call, kind: 'microphone' | 'camera', deviceId: string): Promise<void> {
  ownDevices[kind].set(deviceId)
  return call.useDevice(kind, deviceId)
}
