/** What was heard of one person. */
interface Voice {
  /** Smoothed, 0 to 1. */
  level: number
  /** Since when it has been loud without a pause; null while it is not. */
  loudSinceMs: number | null
  lastLoudMs: number
  isSpeaking: boolean
}

/** What was heard of everybody. */
export interface Speech {
  voices: ReadonlyMap<string, Voice>
  /** Who speaks, or spoke last. */
  activeId: string | null
  /** Those who have spoken, the latest first. */
  recentIds: readonly string[]
  /** Who is louder than the active one, and since when. */
  challenge: { id: string; sinceMs: number } | null
}

export const SILENCE: Speech = { voices: new Map(), activeId: null, recentIds: [], challenge: null }

/** About −34 dB: above the noise that suppression leaves, below a low voice. */
const LOUD = 0.02
const SMOOTHING = 0.5
/** A knock on the table is shorter. */
const ONSET_MS = 200
/** A pause between words is shorter. */
const PAUSE_MS = 900
/** How much louder, and for how long, somebody must be to take the place of one who still speaks. */
const LOUDER = 1.5
const TAKEOVER_MS = 1000

/** Takes in everybody's level, 0 to 1, some times a second; whoever is not in `levels` is gone. */
export function hear(speech: Speech, levels: ReadonlyMap<string, number>, nowMs: number): Speech {
  const voices = new Map<string, Voice>()
  for (const [id, level] of levels) voices.set(id, hearOne(speech.voices.get(id), level, nowMs))
  const speaking = [...voices].filter(([, voice]) => voice.isSpeaking).sort(([, a], [, b]) => b.level - a.level)
  const loudest = speaking[0]?.[0] ?? null
  const { activeId, challenge } = choose(speech, voices, loudest, nowMs)
  return { voices, activeId, challenge, recentIds: latestFirst(speech, voices, activeId) }
}

export function isSpeaking(speech: Speech, id: string): boolean {
  return speech.voices.get(id)?.isSpeaking ?? false
}

/** The `count` people whose pictures are worth sending: who spoke last, then who came first. */
export function chooseSeen(recentIds: readonly string[], everybody: readonly string[], count: number): Set<string> {
  const here = new Set(everybody)
  return new Set([...new Set([...recentIds.filter((id) => here.has(id)), ...everybody])].slice(0, count))
}

function hearOne(before: Voice | undefined, raw: number, nowMs: number): Voice {
  const level = before === undefined ? raw : before.level * SMOOTHING + raw * (1 - SMOOTHING)
  const isLoud = level > LOUD
  const loudSinceMs = isLoud ? (before?.loudSinceMs ?? nowMs) : null
  const lastLoudMs = isLoud ? nowMs : (before?.lastLoudMs ?? -Infinity)
  const began = loudSinceMs !== null && nowMs - loudSinceMs >= ONSET_MS
  const goesOn = before?.isSpeaking === true && nowMs - lastLoudMs < PAUSE_MS
  return { level, loudSinceMs, lastLoudMs, isSpeaking: began || goesOn }
}

function choose(
  { activeId, challenge }: Speech,
  voices: ReadonlyMap<string, Voice>,
  loudest: string | null,
  nowMs: number,
): Pick<Speech, 'activeId' | 'challenge'> {
  const active = activeId === null ? undefined : voices.get(activeId)
  if (active === undefined) return { activeId: loudest, challenge: null }
  if (loudest === null || loudest === activeId) return { activeId, challenge: null }
  if (!active.isSpeaking) return { activeId: loudest, challenge: null }
  if (voices.get(loudest)!.level < active.level * LOUDER) return { activeId, challenge: null }
  const sinceMs = challenge?.id === loudest ? challenge.sinceMs : nowMs
  if (nowMs - sinceMs < TAKEOVER_MS) return { activeId, challenge: { id: loudest, sinceMs } }
  return { activeId: loudest, challenge: null }
}

function latestFirst(before: Speech, voices: ReadonlyMap<string, Voice>, activeId: string | null): readonly string[] {
  const began = [...voices.keys()].filter((id) => isSpeaking({ ...before, voices }, id) && !isSpeaking(before, id))
  const front = activeId === before.activeId || activeId === null ? began : [activeId, ...began]
  const kept = before.recentIds.filter((id) => voices.has(id) && !front.includes(id))
  if (front.length === 0 && kept.length === before.recentIds.length) return before.recentIds
  return [...new Set([...front, ...kept])]
}
