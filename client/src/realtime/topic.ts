/** How a listener is let go by a signal. */
export interface ListenOptions {
  signal?: AbortSignal
}

/** A set of listeners; one added twice hears twice. */
export interface Topic<T> {
  readonly size: number
  /** Returns how to take the listener away again; does nothing when the signal is aborted already. */
  add(listener: (value: T) => void, options?: ListenOptions): () => void
  tell(value: T): void
}

/** Creates a set of listeners; `onChange` hears when it has grown or shrunk. */
export function createTopic<T>(onChange: () => void = () => {}): Topic<T> {
  const entries = new Set<{ hear: (value: T) => void }>()
  return {
    get size() {
      return entries.size
    },
    add(hear, { signal } = {}) {
      if (signal?.aborted) return () => {}
      const entry = { hear }
      const off = () => {
        signal?.removeEventListener('abort', off)
        if (entries.delete(entry)) onChange()
      }
      entries.add(entry)
      signal?.addEventListener('abort', off)
      onChange()
      return off
    },
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
