/** What everybody sends to everybody in a mesh of some size, and what it costs each of them. */
export interface MeshBudget {
  /** Of the camera's picture. */
  width: number
  height: number
  frameRate: number
  /** Bits per second of the picture to each of the others. */
  bitrate: number
  /** Bits per second of a shared screen to each of the others. */
  screenBitrate: number
  /** How many send their picture at once: all, or those who spoke last. */
  senders: number
  /** Most bits per second that oneself sends and gets, sound included; a shared screen comes on top. */
  upload: number
  download: number
  /**
   * `full`: every picture in full size. `reduced`: smaller pictures. `speakers`: only who speaks is seen.
   * `beyond`: more people than a mesh can bear; the call goes on, and will falter.
   */
  note: 'full' | 'reduced' | 'speakers' | 'beyond'
}

interface Step {
  /** Most people that it holds for. */
  people: number
  width: number
  height: number
  frameRate: number
  bitrate: number
}

const VOICE_BITRATE = 40_000
const MAX_SCREEN_BITRATE = 1_500_000
const SCREEN_UPLOAD = 3_000_000
/** Up to this many everybody is seen. */
const MAX_SEEN = 6
/** How many are seen at once above that. */
const SPEAKERS_SEEN = 4
/** Above this, decoders and uplinks of ordinary machines give in. */
export const MAX_BEARABLE = 12

/** Each keeps the upload of one participant near 2 Mbit/s, which most home lines bear. */
const STEPS: readonly Step[] = [
  { people: 2, width: 1280, height: 720, frameRate: 30, bitrate: 1_700_000 },
  { people: 3, width: 960, height: 540, frameRate: 30, bitrate: 900_000 },
  { people: 4, width: 848, height: 480, frameRate: 25, bitrate: 600_000 },
  { people: 6, width: 640, height: 360, frameRate: 20, bitrate: 400_000 },
  { people: MAX_BEARABLE, width: 480, height: 270, frameRate: 15, bitrate: 180_000 },
  { people: Infinity, width: 320, height: 180, frameRate: 12, bitrate: 90_000 },
]

/** Shares out what a line and a processor can bear; `people` counts oneself. */
export function meshBudget(people: number): MeshBudget {
  const { width, height, frameRate, bitrate } = STEPS.find((step) => people <= step.people)!
  const others = Math.max(0, people - 1)
  const senders = people <= MAX_SEEN ? people : SPEAKERS_SEEN
  return {
    width,
    height,
    frameRate,
    bitrate,
    screenBitrate: Math.min(MAX_SCREEN_BITRATE, Math.floor(SCREEN_UPLOAD / Math.max(1, others))),
    senders,
    upload: others * (bitrate + VOICE_BITRATE),
    download: Math.min(others, senders) * bitrate + others * VOICE_BITRATE,
    note: noteOf(people),
  }
}

function noteOf(people: number): MeshBudget['note'] {
  if (people <= 2) return 'full'
  if (people <= MAX_SEEN) return 'reduced'
  return people <= MAX_BEARABLE ? 'speakers' : 'beyond'
}
