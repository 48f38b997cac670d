import type { z } from 'zod'
import { YayinError } from '../../shared/errors.ts'
import { MAX_SIGNAL_BYTES, type sendSignal } from '../../shared/video.ts'
import type { Caller } from '../auth/caller.ts'
import type { Hub } from '../hub/hub.ts'
import { TokenBuckets } from '../hub/token-bucket.ts'
import { tooMany } from './parts.ts'
import { seatOf } from './participants.ts'
import type { RoomRegistry } from './registry.ts'

/** Signals that one participant may send in a second, and at once: a mesh of many begins with a burst. */
const PER_SECOND = 100
const BURST = 400

type Letter = z.output<typeof sendSignal.body>

export interface SignalParts {
  hub: () => Hub
  registry: Pick<RoomRegistry, 'isPresent'>
  now?: () => number
}

/** Passes signals on between participants. */
export interface Signals {
  /**
   * Hands a signal to its recipient's connections, on any node, in the order of the calls, and keeps it nowhere.
   * @throws YayinError `unauthorized`, `not_in_room`, `not_found`, `too_large`, `rate_limited`
   */
  send(caller: Caller, letter: Letter): Promise<void>
}

export function createSignals({ hub, registry, now = Date.now }: SignalParts): Signals {
  const buckets = new TokenBuckets()

  function takeTurn(from: string): void {
    const waitSeconds = buckets.take(from, 1, PER_SECOND, BURST, now())
    if (waitSeconds > 0) throw tooMany('signals', 'Too many signals', PER_SECOND, BURST, waitSeconds)
  }

  return {
    async send(caller, { roomId, to, signal }) {
      const from = seatOf(caller, roomId)
      takeTurn(from)
      const text = JSON.stringify(signal)
      if (Buffer.byteLength(text) > MAX_SIGNAL_BYTES) {
        throw new YayinError('too_large', `a signal is at most ${MAX_SIGNAL_BYTES} bytes long`)
      }
      if (!(await registry.isPresent({ id: roomId, participantId: to }))) {
        throw new YayinError('not_found', 'There is nobody of this id in the room.')
      }
      // Not by way of what publishers send, who may not speak of signals.
      const draft = { channel: `participant/${to}`, type: 'signal', rest: `{"roomId":"${roomId}","signal":${text}}` }
      await hub().publisher.publish([draft], { from, ephemeral: true })
    },
  }
}
