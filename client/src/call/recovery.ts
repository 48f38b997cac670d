/** How a connection is doing, and how often it was tried to mend it. */
export type Health =
  | { kind: 'new' }
  | { kind: 'well' }
  /** `attempt` counts from 1; the next one is due at `atMs`. */
  | { kind: 'ill'; attempt: number; atMs: number; wasWell: boolean }

/** What mending means: new candidates for this connection, or a new connection altogether. */
export type Remedy = 'restart' | 'replace'

/** Time for the browser's own checks to bring a short cut back, as from one access point to the next. */
const GRACE_MS = 1500
/** The polite side leaves the first step to the other, so that both don't offer at once. */
const POLITE_WAIT_MS = 1000
/** For a first connection: gathering over slow TURN servers takes seconds. */
const FIRST_WAIT_MS = 8000
const LONGEST_WAIT_MS = 15_000
/** Restarts in vain after which the connection itself is suspected. */
const RESTARTS = 3

export const NEW: Health = { kind: 'new' }

/** Follows `connectionState`; a state that says nothing new gives the same object. */
export function onConnectionState(
  health: Health,
  state: RTCPeerConnectionState,
  { nowMs, polite }: { nowMs: number; polite: boolean },
): Health {
  const politeMs = polite ? POLITE_WAIT_MS : 0
  switch (state) {
    case 'connected':
      return { kind: 'well' }
    case 'new':
    case 'connecting':
      if (health.kind !== 'new') return health
      return { kind: 'ill', attempt: 1, atMs: nowMs + FIRST_WAIT_MS + politeMs, wasWell: false }
    case 'disconnected':
      if (health.kind !== 'well') return health
      return { kind: 'ill', attempt: 1, atMs: nowMs + GRACE_MS + politeMs, wasWell: true }
    case 'failed':
      // The first restart comes at once, the next ones no faster than they would help.
      if (health.kind === 'ill') return { ...health, atMs: Math.min(health.atMs, nowMs + politeMs + pauseMs(health)) }
      return { kind: 'ill', attempt: 1, atMs: nowMs + politeMs, wasWell: health.kind === 'well' }
    case 'closed':
      return health
  }
}

function pauseMs({ attempt }: { attempt: number }): number {
  return attempt === 1 ? 0 : Math.min(LONGEST_WAIT_MS, 1000 * 2 ** (attempt - 2))
}

/** Says what to do now that an attempt is due, and when the next one is if that does not help. */
export function nextRemedy(health: Health & { kind: 'ill' }, nowMs: number): { remedy: Remedy; health: Health } {
  const { attempt } = health
  const waitMs = Math.min(LONGEST_WAIT_MS, 4000 * 2 ** (attempt - 1))
  return {
    remedy: attempt % (RESTARTS + 1) === 0 ? 'replace' : 'restart',
    health: { ...health, attempt: attempt + 1, atMs: nowMs + waitMs },
  }
}

/** How a person sees it. */
export function shownAs(health: Health): 'connecting' | 'connected' | 'reconnecting' | 'failed' {
  if (health.kind === 'well') return 'connected'
  if (health.kind === 'ill' && health.attempt > RESTARTS) return 'failed'
  return health.kind === 'ill' && health.wasWell ? 'reconnecting' : 'connecting'
}
