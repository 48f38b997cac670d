import type { Peer } from './peer.ts'
import { readQuality, type Reading } from './quality.ts'
import type { Quality } from './snapshot.ts'
import { hear, SILENCE, type Speech } from './speaker.ts'

/** What is measured of everybody in the call. */
export interface Listening {
  readonly speech: Speech
  readonly qualities: ReadonlyMap<string, Quality>
  /** Whose picture has not moved on for some seconds. */
  readonly stalledIds: ReadonlySet<string>
  level: (id: string) => number
  close: () => void
}

export interface ListeningOptions {
  selfId: string
  peers: ReadonlyMap<string, Peer>
  /** Whether somebody says that their camera is on. */
  hasCamera: (id: string) => boolean
  /** How loud one's own microphone is. */
  ownLevel: () => number
  /** Speakers or figures changed. */
  onChange: () => void
}

const LEVELS_EVERY_MS = 150
const STATS_EVERY_MS = 2000
/** Readings in a row without a new picture. */
const STALLED_READINGS = 2

export function createListening({ selfId, peers, hasCamera, ownLevel, onChange }: ListeningOptions): Listening {
  let speech: Speech = SILENCE
  let qualities = new Map<string, Quality>()
  let readings = new Map<string, Reading>()
  const stills = new Map<string, number>()
  const stalledIds = new Set<string>()

  function level(id: string): number {
    if (id === selfId) return ownLevel()
    const sources = peers.get(id)?.lines.voice?.receiver.getSynchronizationSources() ?? []
    return sources[0]?.audioLevel ?? 0
  }

  function listen() {
    const levels = new Map([selfId, ...peers.keys()].map((id) => [id, level(id)]))
    const next = hear(speech, levels, performance.now())
    const changed = next.activeId !== speech.activeId || speakers(next) !== speakers(speech)
    speech = next
    if (changed) onChange()
  }

  async function measure() {
    const entries = await Promise.all([...peers].map(async ([id, peer]) => [id, await measureOne(id, peer)] as const))
    const known = entries.flatMap(([id, result]) => (result === null ? [] : [{ id, ...result }]))
    qualities = new Map(known.map(({ id, quality }) => [id, quality]))
    readings = new Map(known.map(({ id, reading }) => [id, reading]))
    for (const { id, quality } of known) countStill(id, quality)
    onChange()
  }

  async function measureOne(id: string, peer: Peer) {
    const report = await peer.stats().catch(() => null)
    if (report === null) return null
    return readQuality(report, readings.get(id) ?? null, peer.lines.camera?.mid ?? null)
  }

  function countStill(id: string, { picture }: Quality) {
    const count = picture === null && hasCamera(id) ? (stills.get(id) ?? 0) + 1 : 0
    stills.set(id, count)
    if (count >= STALLED_READINGS) stalledIds.add(id)
    else stalledIds.delete(id)
  }

  const timers = [setInterval(listen, LEVELS_EVERY_MS), setInterval(() => void measure(), STATS_EVERY_MS)]
  return {
    get speech() {
      return speech
    },
    get qualities() {
      return qualities
    },
    stalledIds,
    level,
    close: () => timers.forEach(clearInterval),
  }
}

function speakers({ voices }: Speech): string {
  return [...voices].flatMap(([id, voice]) => (voice.isSpeaking ? [id] : [])).join()
}
