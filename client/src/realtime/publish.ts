import type { Engine } from './connection.ts'
import type { Receipt } from './messages.ts'
import type { OutboxOptions } from './outbox.ts'
import type { Request } from './request.ts'
import type { State } from './state.ts'

interface Standing {
  state: State
  engine: Engine | null
}

/** Creates the way to publish one message: over the connection where it takes publishes, by POST elsewhere. */
export function createPublish(request: Request, standing: () => Standing): OutboxOptions['send'] {
  return (publication, signal) => {
    const { state, engine } = standing()
    const answer = engine?.publish(publication)
    if (answer) return answer
    const { channel, message, ephemeral, echo, idempotencyKey } = publication
    const query = new URLSearchParams({ channel })
    if (ephemeral) query.set('ephemeral', '1')
    if (!echo && state.status === 'live') query.set('exclude', state.connectionId)
    const headers = { 'Idempotency-Key': idempotencyKey }
    // The channel in the body would win over the query's.
    const body = { ...message, channel }
    return request<Receipt>('POST', `api/broadcast?${query}`, { body, headers, signal })
  }
}
