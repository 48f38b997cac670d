import { useCallback, useMemo, useSyncExternalStore } from 'react'
import type { AnyMessages, MessageMap, Publishable, PublishOptions, Receipt, State } from '../realtime/index.ts'
import { type ChannelSnapshot, createChannelStore } from './channel-store.ts'
import { createPresenceStore, type PresenceSnapshot } from './presence-store.ts'
import { useSource } from './provider.ts'
import type { Store } from './store.ts'

const CONNECTING: State = { status: 'connecting' }

/** Where the connection stands; `connecting` on a server. `useClient()?.retry()` connects again after `stopped`. */
export function useConnection(): State {
  const source = useSource()
  const subscribe = useCallback((onChange: () => void) => source.get().onState(onChange), [source])
  return useSyncExternalStore(
    subscribe,
    () => source.current()?.state ?? CONNECTING,
    () => CONNECTING,
  )
}

export interface UseChannelOptions {
  /** Types that are wanted; all if absent. A list with the same names is the same list. */
  types?: readonly string[]
  /** Messages of the past that are read at first, 0–500; none if absent. */
  history?: number
  /** Most messages that are kept, the newest; 200 if absent. */
  keep?: number
}

export interface UseChannel<M extends MessageMap> extends ChannelSnapshot<M> {
  /** Publishes to the channel, from an event or an effect; see the client's `publish`. */
  publish(message: Publishable<M>, options?: PublishOptions): Promise<Receipt>
}

/** Follows a channel, or a pattern over several, while the component is there. */
export function useChannel<M extends MessageMap = AnyMessages>(
  name: string,
  { types, history = 0, keep = 200 }: UseChannelOptions = {},
): UseChannel<M> {
  const source = useSource()
  // A list that is written down in the call is another one each time.
  const typeNames = types && JSON.stringify(types)
  const store = useMemo(() => {
    const names = typeNames === undefined ? undefined : (JSON.parse(typeNames) as string[])
    const options = { types: names, history, keep: Math.max(keep, history) }
    return createChannelStore<M>(source, name, options)
  }, [source, name, typeNames, history, keep])
  const snapshot = useStore(store)
  const publish = useCallback<UseChannel<M>['publish']>(
    (message, options) => source.get().channel(name).publish(message, options),
    [source, name],
  )
  return useMemo(() => ({ ...snapshot, publish }), [snapshot, publish])
}

/** Knows who is in a channel while the component is there. */
export function usePresence(name: string): PresenceSnapshot {
  const source = useSource()
  return useStore(useMemo(() => createPresenceStore(source, name), [source, name]))
}

function useStore<S>({ subscribe, getSnapshot, first }: Store<S>): S {
  return useSyncExternalStore(subscribe, getSnapshot, () => first)
}
