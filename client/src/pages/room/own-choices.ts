import { createPreference } from '../../lib/preference.ts'
import { createRemembered } from './remembered.ts'

/** What a guest chose last time: a hub keeps no account of them. */
export const ownName = createRemembered('room-name')

/** Ids of the devices; empty for the browser's own choice. */
export const ownDevices = {
  microphone: createRemembered('room-microphone'),
  camera: createRemembered('room-camera'),
  speaker: createRemembered('room-speaker'),
}

/** Whether each is on when a lobby opens. */
export const ownSwitches = {
  microphone: createPreference('room-microphone-on', ['on', 'off'], 'on'),
  camera: createPreference('room-camera-on', ['on', 'off'], 'on'),
}

/** Whether one's own picture stands among the others'. */
export const selfView = createPreference('room-self-view', ['shown', 'hidden'], 'shown')

const HOST_PREFIX = 'room-host:'

/** The token that makes whoever created a room its host in this browser. */
export function hostTokenOf(roomId: string) {
  return createRemembered(HOST_PREFIX + roomId)
}
