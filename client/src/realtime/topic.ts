/** How a listener is let go by a signal. */
export interface ListenOptions {
  signal?: AbortSignal
}

/** A set of listeners, each with a tag if need be; one added twice hears twice. */
export interface Topic<T, Tag = void> {
  /** Returns how to take the listener away again; does nothing when the signal is aborted already. */
  add(listener: (value: T) => void, options?: ListenOptions, tag?: Tag): () => void
  tags(): Tag[]
  tell(value: T): void
}

/** Creates a set of listeners; `onChange` hears when it has grown or shrunk. */
export function createTopic<T, Tag = void>(onChange = () => {}): Topic<T, Tag> {
  const entries = new Set<{ hear: (value: T) => void; tag: Tag | undefined }>()
  return {
    add(hear, { signal } = {}, tag) {
      const entry = { hear, tag }
      const off = () => {
        signal?.removeEventListener('abort', off)
        if (entries.delete(entry)) onChange()
      }
      if (signal?.aborted) return off
      entries.add(entry)
      signal?.addEventListener('abort', off)
      onChange()
      return off
    },
    tags: () => [...entries].map(({ tag }) => tag as Tag),
    tell(value) {
      // One that is taken away by another meanwhile hears nothing any more.
      for (const entry of [...entries]) if (entries.has(entry)) call(entry.hear, value)
    },
  }
}

/** A listener that throws must not keep others from hearing, nor break the stream: it is reported like any other error. */
function call<T>(hear: (value: T) => void, value: T): void {
  try {
    hear(value)
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}
