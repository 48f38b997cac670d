import { useEffect, useState } from 'react'

export type DeviceKind = 'microphone' | 'camera' | 'speaker'
export type DeviceList = Readonly<Record<DeviceKind, readonly MediaDeviceInfo[]>>

const NONE: DeviceList = { microphone: [], camera: [], speaker: [] }
const KINDS = { audioinput: 'microphone', videoinput: 'camera', audiooutput: 'speaker' } as const

/** Lists the devices that the page may know of: before any was allowed, browsers name none. `renewal` lists anew. */
export function useDeviceList(renewal: unknown): DeviceList {
  const [list, setList] = useState(NONE)

  useEffect(() => {
    // Browsers hide it on pages that are not secure.
    const media = navigator.mediaDevices as MediaDevices | undefined
    if (media === undefined) return
    let current = true
    const read = async () => {
      const found = await media.enumerateDevices().catch(() => [])
      if (current) setList(sorted(found))
    }
    const renew = () => void read()
    renew()
    media.addEventListener('devicechange', renew)
    return () => {
      current = false
      media.removeEventListener('devicechange', renew)
    }
  }, [renewal])

  return list
}

function sorted(found: readonly MediaDeviceInfo[]): DeviceList {
  const list = { microphone: [], camera: [], speaker: [] } as Record<DeviceKind, MediaDeviceInfo[]>
  for (const device of found) if (isNamed(device)) list[KINDS[device.kind]].push(device)
  return list
}

/** Leaves out what has no id yet, and the entries by which Chromium repeats its own choice. */
function isNamed({ deviceId }: MediaDeviceInfo): boolean {
  return deviceId !== '' && deviceId !== 'default' && deviceId !== 'communications'
}
