import { YayinError } from '../shared/errors.ts'
import type { Drainer } from './drain.ts'

const refusals = {
  starting: new YayinError('unavailable', 'the server is starting; its database is not there yet', {
    retryAfterSeconds: 2,
  }),
  running: null,
  draining: new YayinError('shutting_down', 'the server is shutting down', { retryAfterSeconds: 2 }),
}

/** How far the process is on its way from start to end, and what that means to those who come. */
export interface Readiness {
  state: keyof typeof refusals
  /** Whether this process was told to end. */
  isEnding: boolean
  /** Null while requests are served; otherwise why not. */
  refusal: () => YayinError | null
  /** Null while new streams are taken; otherwise why not. */
  streamRefusal: () => YayinError | null
  /** Whether clients are to go to another node, now or the next time. */
  isLeaving: () => boolean
}

/** Knows how ready a process is that starts; start and drain write `state` and `isEnding`. */
export function createReadiness(drainer: Pick<Drainer, 'phase'>): Readiness {
  const readiness: Readiness = {
    state: 'starting',
    isEnding: false,
    refusal: () => refusals[readiness.state],
    streamRefusal: () => readiness.refusal() ?? (drainer.phase === 'moving' ? refusals.draining : null),
    isLeaving: () => readiness.state !== 'running' || drainer.phase !== 'serving',
  }
  return readiness
}
