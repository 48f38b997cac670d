import type { AttemptError, AttemptRecord } from '../../shared/webhooks.ts'
import { VERSION } from '../version.ts'
import { judge, type Outcome } from './plan.ts'
import type { Sender } from './sender.ts'
import { sign } from './signature.ts'

export interface Receiver {
  url: string
  /** Those that sign; the newest first. */
  secrets: readonly string[]
}

export interface Parcel {
  /** What the receiver knows it by, whichever attempt it is. */
  id: string
  payload: string
}

/** Sends an event once, signed with the time of this attempt; never rejects. */
export async function attempt(
  sender: Sender,
  { url, secrets }: Receiver,
  { id, payload }: Parcel,
): Promise<{ outcome: Outcome; record: AttemptRecord }> {
  const atMs = Date.now()
  const timestamp = Math.floor(atMs / 1000)
  const headers = {
    'content-type': 'application/json',
    'user-agent': `Yayin/${VERSION}`,
    'webhook-id': id,
    'webhook-timestamp': `${timestamp}`,
    'webhook-signature': sign({ id, timestamp, body: payload }, secrets),
  }
  const outcome = await sender.send({ url, headers, body: payload })
  return { outcome, record: recordOf(outcome, atMs) }
}

function recordOf(outcome: Outcome, atMs: number): AttemptRecord {
  const isAnswered = outcome.kind === 'answered'
  return {
    at: new Date(atMs).toISOString(),
    durationMs: outcome.durationMs,
    status: isAnswered ? outcome.status : null,
    error: faultOf(outcome),
    response: isAnswered ? outcome.response : '',
  }
}

function faultOf(outcome: Outcome): AttemptError | null {
  if (outcome.kind === 'unreachable') return outcome.error
  if (judge(outcome) === 'delivered') return null
  return outcome.status >= 300 && outcome.status < 400 ? 'redirected' : 'bad_status'
}
