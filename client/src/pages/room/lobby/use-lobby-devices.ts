import { useEffect, useState, useSyncExternalStore } from 'react'
import { openCamera, openMicrophone } from '../../../call/index.ts'
import { ownDevices, ownSwitches } from '../own-choices.ts'
import { createLobbyDevices, type LobbyDevices, type LobbyKind, type LobbySnapshot } from './lobby-devices.ts'

export interface Lobby {
  snapshot: LobbySnapshot
  devices: LobbyDevices
  /** Turns on what is off or at fault, and off what is on; remembered for the next lobby. */
  toggle: (kind: LobbyKind) => void
  /** Goes over to another device, remembered too; empty for the browser's choice. */
  choose: (kind: LobbyKind, deviceId: string) => void
}

const KINDS: readonly LobbyKind[] = ['microphone', 'camera']

/** Asks for the devices that were on last time, and lets go of them when the lobby is left without joining. */
export function useLobbyDevices(): Lobby {
  const [devices] = useState(() => createLobbyDevices({ microphone: openMicrophone, camera: openCamera }))
  const snapshot = useSyncExternalStore(devices.subscribe, devices.getSnapshot)
  const open = (kind: LobbyKind) => void devices.turnOn(kind, ownDevices[kind].current)

  useEffect(() => {
    // Both at once: browsers then ask for both in one question.
    for (const kind of KINDS) {
      if (ownSwitches[kind].current === 'on') void devices.turnOn(kind, ownDevices[kind].current)
    }
    return devices.release
  }, [devices])

  return {
    snapshot,
    devices,
    toggle(kind) {
      const on = snapshot[kind].kind === 'off' || snapshot[kind].kind === 'fault'
      ownSwitches[kind].set(on ? 'on' : 'off')
      if (on) open(kind)
      else devices.turnOff(kind)
    },
    choose(kind, deviceId) {
      ownDevices[kind].set(deviceId)
      ownSwitches[kind].set('on')
      open(kind)
    },
  }
}
