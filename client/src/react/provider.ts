import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react'
import type { AnyMessages, Client, ClientOptions, MessageMap } from '../realtime/index.ts'
import { type ClientSource, givenSource, ownSource } from './source.ts'

const SourceContext = createContext<ClientSource | null>(null)

export type ProviderProps = { children?: ReactNode } & (
  | {
      /** A client that the app has made, and closes itself. */
      client: Client
      options?: never
    }
  | {
      /** A client is made with these in the browser, and closed with the provider. Read once: a `key` makes another. */
      options: ClientOptions
      client?: never
    }
)

/** Gives the hooks below it their client. On a server, `options` connect nothing. */
export function YayinProvider({ client, options, children }: ProviderProps): ReactNode {
  const [own] = useState(() => ownSource(options ?? {}))
  const given = useMemo(() => client && givenSource(client), [client])
  useEffect(() => {
    if (given) return
    own.get()
    return () => own.close()
  }, [own, given])
  return createElement(SourceContext.Provider, { value: given ?? own }, children)
}

/** The client; null on a server and before the page has come to life. @throws Error outside of a provider */
export function useClient<M extends MessageMap = AnyMessages>(): Client<M> | null {
  const { subscribe, current } = useSource()
  return useSyncExternalStore(subscribe, current, () => null) as Client<M> | null
}

/** @throws Error outside of a provider */
export function useSource(): ClientSource {
  const source = useContext(SourceContext)
  if (source === null) throw new Error('The hooks of yayin/react work below a YayinProvider.')
  return source
}
