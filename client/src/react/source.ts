import { type Client, type ClientOptions, createClient } from '../realtime/index.ts'

/** Where the hooks below a provider get their client from. */
export interface ClientSource {
  /** The client, made now if there is none yet; not to be called while rendering. */
  get(): Client
  current(): Client | null
  /** Hears when a client was made. */
  subscribe(onChange: () => void): () => void
  /** Closes a client that was made here; the next `get` makes another. */
  close(): void
}

/** A client that the app has made, and closes itself. */
export function givenSource(client: Client): ClientSource {
  return { get: () => client, current: () => client, subscribe: () => () => undefined, close: () => undefined }
}

/**
 * A client that is made when it is wanted for the first time. It connects at the end of that turn: then everything that
 * listens has said so, and one that StrictMode has closed again never connects.
 */
export function ownSource(options: ClientOptions): ClientSource {
  const listeners = new Set<() => void>()
  let client: Client | null = null
  return {
    get() {
      if (client === null) {
        client = createClient(options)
        for (const hear of [...listeners]) hear()
      }
      return client
    },
    current: () => client,
    subscribe(onChange) {
      const entry = () => onChange()
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
    close() {
      client?.close()
      client = null
    },
  }
}
