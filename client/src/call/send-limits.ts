import { entriesOf, type Lines, type Slot } from './slots.ts'

/** What one picture to one participant may cost. */
export interface PictureLimit {
  /** Bits per second. */
  bitrate: number
  frameRate: number
  /** Lines of the picture that is sent; Infinity sends it as it is. */
  height: number
  /** Sends nothing while off, and goes on with a whole picture. */
  isActive: boolean
}

export type SendLimits = Partial<Record<Slot, PictureLimit>>

/** Holds what is sent to its limits; a browser that refuses one keeps to its own judgement. */
export async function limitLines(lines: Lines, limits: SendLimits): Promise<void> {
  for (const [slot, { sender }] of entriesOf(lines)) {
    const limit = limits[slot]
    if (limit === undefined) continue
    const parameters = sender.getParameters()
    // There are none before the first description.
    if (parameters.encodings === undefined || parameters.encodings.length === 0) continue
    for (const encoding of parameters.encodings) Object.assign(encoding, encodingOf(limit, sender.track))
    await sender.setParameters(parameters).catch(() => undefined)
  }
}

/** Translates a limit into an encoding's parameters (W3C WebRTC §5.2.6). */
export function encodingOf(limit: PictureLimit, track: Pick<MediaStreamTrack, 'getSettings'> | null) {
  const height = track?.getSettings().height ?? 0
  return {
    active: limit.isActive,
    maxBitrate: limit.bitrate,
    maxFramerate: limit.frameRate,
    scaleResolutionDownBy: Math.max(1, height / limit.height),
  }
}
