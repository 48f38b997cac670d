import type { Message } from '../../../shared/protocol.ts'
import { createClient, type State } from '../realtime/index.ts'

/** How the stream of the room's messages and of one's signals is doing. */
export type LinkState =
  | { kind: 'opening' }
  | { kind: 'live' }
  /** It is cut, and comes back by itself. */
  | { kind: 'cut' }
  /** It will not come back; `kicked` where the hub put an end to it. */
  | { kind: 'over'; reason: string }

export interface LinkOptions {
  hub: string
  token: string
  /** Position to begin at. */
  from: string
  onMessage: (message: Message) => void
  onState: (state: LinkState) => void
  /** Messages of the room were missed, and cannot be had again. */
  onGap: () => void
}

export interface Link {
  retry: () => void
  close: () => void
}

/** The hub keeps a place for 15 s: a wait that grows would let it go to others. */
const LONGEST_WAIT_MS = 2000

/** Opens the stream that a participant's token brings: the room's channel, and the participant's own. */
export function openLink({ hub, token, from, onMessage, onState, onGap }: LinkOptions): Link {
  let timer: ReturnType<typeof setTimeout> | undefined
  const client = createClient({
    url: hub,
    token,
    maxAttempts: Infinity,
    // Begins where the answer to joining ended, as if this page had read so far before.
    storageKey: 'call',
    environment: { storage: { getItem: () => from, setItem: () => undefined } },
  })
  client.onMessage(onMessage)
  client.onGap(onGap)
  client.onState((state) => {
    clearTimeout(timer)
    if (state.status === 'retrying') timer = setTimeout(client.retry, LONGEST_WAIT_MS)
    onState(toLinkState(state))
  })
  return {
    retry: client.retry,
    close() {
      client.close()
      clearTimeout(timer)
    },
  }
}

function toLinkState(state: State): LinkState {
  switch (state.status) {
    case 'connecting':
      return { kind: 'opening' }
    case 'live':
      return { kind: 'live' }
    case 'retrying':
    case 'offline':
      return { kind: 'cut' }
    case 'stopped':
      return { kind: 'over', reason: state.reason }
  }
}
