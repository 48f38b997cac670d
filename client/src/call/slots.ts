/**
 * What each media line of a connection is for, in their order in every description. All are there from the first
 * offer on, so that turning a camera on, or sharing a screen beside it, is a change of track: no negotiation, no
 * collision, and nobody has to guess which picture is which.
 */
export const SLOTS = ['voice', 'camera', 'screen', 'screenSound'] as const
export type Slot = (typeof SLOTS)[number]

const KINDS = { voice: 'audio', camera: 'video', screen: 'video', screenSound: 'audio' } as const satisfies Record<
  Slot,
  'audio' | 'video'
>

/** What is sent; null for nothing. */
export type Tracks = Record<Slot, MediaStreamTrack | null>
/** The media lines of one connection; a slot is missing where the other program does not offer it. */
export type Lines = Partial<Record<Slot, RTCRtpTransceiver>>

/** Adds the media lines to a connection that is about to offer. */
export function addLines(pc: RTCPeerConnection, tracks: Tracks): Lines {
  const lines: Lines = {}
  for (const slot of SLOTS) {
    lines[slot] = pc.addTransceiver(tracks[slot] ?? KINDS[slot], { direction: 'sendrecv' })
  }
  return lines
}

/** Takes the lines of a remote offer, in their order for each kind, and sends into them from now on. */
export async function takeLines(pc: RTCPeerConnection, tracks: () => Tracks): Promise<Lines> {
  const lines = matchLines(pc.getTransceivers())
  for (const [slot, line] of entriesOf(lines)) {
    line.direction = 'sendrecv'
    await line.sender.replaceTrack(tracks()[slot])
  }
  return lines
}

/** Tells which line is which: the first of a kind for voice and camera, the second for the screen. */
export function matchLines<T extends { receiver: { track: { kind: string } } }>(
  transceivers: readonly T[],
): Partial<Record<Slot, T>> {
  const left = [...transceivers]
  const lines: Partial<Record<Slot, T>> = {}
  for (const slot of SLOTS) {
    const at = left.findIndex(({ receiver }) => receiver.track.kind === KINDS[slot])
    if (at >= 0) lines[slot] = left.splice(at, 1)[0]!
  }
  return lines
}

export function entriesOf<T>(lines: Partial<Record<Slot, T>>): [Slot, T][] {
  return Object.entries(lines) as [Slot, T][]
}
