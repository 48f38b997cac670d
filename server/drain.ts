import type { Server } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Connection } from './hub/connection.ts'
import type { Hub } from './hub/hub.ts'

/** Clients that have nowhere to go meanwhile come back at a moment of their own within this time, in milliseconds. */
const SPREAD_MS = 5000
const LEAST_RETRY_MS = 500
/** How long requests under way may still take, in milliseconds. */
const REQUESTS_MS = 4000
/** Time from one wave to the next, in milliseconds. */
const WAVE_EVERY_MS = 250
/** How long a stream stays open for a client that was told to move, so that it can open the next one first. */
const OVERLAP_MS = 2000
/** Clients of one wave open their next connection at moments of their own within this time, in milliseconds. */
const WAVE_SPREAD_MS = 400
/** How often a drain that was asked for looks whether there still is another node. */
const LOOK_EVERY_MS = 500

/** A stop that takes longer is cut short. */
const STOP_LIMIT_MS = 9500
/** What comes after clients were moved may take this long, in milliseconds. */
const CLOSING_LIMIT_MS = 6000

/** How long this process may take to stop, in milliseconds. */
export function stopLimitMs({ drainGraceMs, drainMs }: { drainGraceMs: number; drainMs: number }): number {
  return Math.max(STOP_LIMIT_MS, drainGraceMs + drainMs + CLOSING_LIMIT_MS)
}

/** `leaving`: not ready for balancers, and serves everybody. `moving`: takes no new streams, its own go in waves. */
export type DrainPhase = 'serving' | 'leaving' | 'moving'
/** `alone`: no other node would take the clients that are left. */
export type DrainOutcome = 'moved' | 'alone' | 'undone'

export interface DrainerParts {
  hub: Hub
  /** Whether another node would take clients. */
  hasRefuge: () => boolean
  /** How long it is not ready before clients are moved, so that balancers take note. */
  graceMs: number
  /** The time over which clients are moved. */
  moveMs: number
  /** Hears of each new phase. */
  onPhase: (phase: DrainPhase) => void
}

/** Moves this node's clients to other nodes. */
export interface Drainer {
  readonly phase: DrainPhase
  /** Begins, or joins what has begun; resolves when nobody is left, or it ends otherwise. */
  begin(): Promise<DrainOutcome>
  /** Takes clients again; those that were told to go still go. */
  undo(): void
}

/** Creates the drainer of one node, which serves. */
export function createDrainer({ hub, hasRefuge, graceMs, moveMs, onPhase }: DrainerParts): Drainer {
  let phase: DrainPhase = 'serving'
  let running: Promise<DrainOutcome> | null = null
  let stopping = new AbortController()

  function enter(next: DrainPhase): void {
    phase = next
    onPhase(next)
  }

  async function leave(signal: AbortSignal): Promise<DrainOutcome> {
    const graceEndsAtMs = performance.now() + graceMs
    while (hasRefuge() && !signal.aborted && performance.now() < graceEndsAtMs) await pause(50, signal)
    if (signal.aborted) return 'undone'
    enter('moving')
    await moveAll(hub, moveMs, () => hasRefuge() && !signal.aborted)
    if (signal.aborted) return 'undone'
    return hub.connections.size === 0 ? 'moved' : 'alone'
  }

  return {
    get phase() {
      return phase
    },
    begin() {
      if (running !== null) return running
      stopping = new AbortController()
      enter('leaving')
      return (running = leave(stopping.signal))
    },
    undo() {
      stopping.abort()
      running = null
      if (phase !== 'serving') enter('serving')
    },
  }
}

/** Drains as long as there is another node to go to: without one it is called off, now or later. */
export async function drainByHand(drainer: Drainer, hasRefuge: () => boolean, onCalledOff: () => void): Promise<void> {
  let outcome = await drainer.begin()
  while (outcome === 'moved' && drainer.phase === 'moving') {
    if (!hasRefuge()) outcome = 'alone'
    else await delay(LOOK_EVERY_MS, undefined, { ref: false })
  }
  if (outcome !== 'alone') return
  drainer.undo()
  onCalledOff()
}

/** Tells all to go, wave after wave, for as long as `goesOn`; resolves once all are gone, or it is over. */
async function moveAll(hub: Hub, overMs: number, goesOn: () => boolean): Promise<void> {
  const told = new Set<Connection>()
  for (let left = Math.max(1, Math.floor(overMs / WAVE_EVERY_MS)); left > 0 && goesOn(); left--) {
    const waiting = [...hub.connections.values()].filter((connection) => !told.has(connection))
    if (waiting.length === 0) break
    moveWave(hub, waiting.slice(0, waveSize(waiting.length, left)), told)
    if (left > 1) await delay(WAVE_EVERY_MS)
  }
  const endsAtMs = performance.now() + OVERLAP_MS + WAVE_EVERY_MS
  while (hub.connections.size > 0 && goesOn() && performance.now() < endsAtMs) await delay(25)
}

/** How many of those who wait go with the next wave, when this many waves are left, itself among them. */
export function waveSize(waiting: number, wavesLeft: number): number {
  return Math.ceil(waiting / wavesLeft)
}

function moveWave(hub: Hub, wave: readonly Connection[], told: Set<Connection>): void {
  for (const connection of wave) {
    told.add(connection)
    announceMove(hub, connection)
  }
  // Library clients have gone by themselves by then.
  setTimeout(() => {
    for (const connection of wave) hub.remove(connection, 'shutdown')
  }, OVERLAP_MS).unref()
}

/** Tells a client to open its next connection, while this one stays open for a moment and brings what comes. */
function announceMove(hub: Hub, connection: Connection): void {
  const retryMs = Math.round(Math.random() * WAVE_SPREAD_MS)
  const farewell = { reason: 'shutdown', reconnect: true, retryMs } as const
  // One that is not greeted yet has nothing to keep.
  if (connection.mode === 'opening') return hub.dismiss(connection, farewell)
  const frame = { type: 'disconnect', ...farewell, closesInMs: OVERLAP_MS }
  connection.send(connection.wire.frame(frame, { retryMs }))
}

/** Tells every client that the server goes and when to come again (contract §2), then closes it. */
export function dismissAll(hub: Hub): void {
  for (const connection of [...hub.connections.values()]) {
    const retryMs = Math.round(LEAST_RETRY_MS + Math.random() * SPREAD_MS)
    hub.dismiss(connection, { reason: 'shutdown', reconnect: true, retryMs })
  }
}

/** Takes no new connections and lets requests under way be answered; cuts what is left after a few seconds. */
export async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  // Kept-alive connections without a request are closed as they fall idle.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  const cut = setTimeout(() => server.closeAllConnections(), REQUESTS_MS)
  await closed
  clearInterval(sweep)
  clearTimeout(cut)
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
