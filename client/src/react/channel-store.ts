import type { Client, Gap, MessageMap, Received } from '../realtime/index.ts'
import { mergeMessages } from './merge-messages.ts'
import type { ClientSource } from './source.ts'
import { createStore, type Store } from './store.ts'

/** What is known of a channel. */
export interface ChannelSnapshot<M extends MessageMap> {
  /** The oldest first. */
  messages: readonly Received<M>[]
  /** Whether the past is still being read. */
  loading: boolean
  /** Why the past could not be read; null when it could. */
  error: Error | null
  /** Messages that were missed and can't be had again; null for none. */
  gap: Gap | null
}

export interface ChannelStoreOptions {
  /** Types that are wanted; all if absent. */
  types?: readonly string[] | undefined
  /** Messages of the past that are read at first. */
  history: number
  /** Most messages that are kept, the newest. */
  keep: number
}

/** Follows a channel while somebody listens, beginning with its past; each message is there once, in the log's order. */
export function createChannelStore<M extends MessageMap>(
  source: Pick<ClientSource, 'get'>,
  name: string,
  { types, history, keep }: ChannelStoreOptions,
): Store<ChannelSnapshot<M>> {
  const wanted = (message: Received<M>) => types === undefined || types.includes(message.type)
  const first: ChannelSnapshot<M> = { messages: [], loading: history > 0, error: null, gap: null }

  return createStore(first, ({ get, set, signal }) => {
    const client = source.get() as unknown as Client<M>
    const channel = client.channel(name)

    function add(more: readonly Received<M>[]): void {
      set({ messages: mergeMessages(get().messages, more.filter(wanted)).slice(-keep) })
    }

    async function load(): Promise<void> {
      if (history === 0) return
      set({ loading: true, error: null })
      try {
        const page = await channel.history({ limit: history, signal })
        add(page.messages)
        set({ loading: false })
      } catch (error) {
        if (!signal.aborted) set({ loading: false, error: error as Error })
      }
    }

    channel.on('*', (message) => add([message]), { signal })
    client.onGap(
      (gap) => {
        set({ gap, messages: [] })
        void load()
      },
      { signal },
    )
    void load()
  })
}
