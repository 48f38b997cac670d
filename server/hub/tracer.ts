/** Follows one publish, for whoever traces: from being taken in until it is durable, and until it is handed out. */
export interface PublishTrace {
  /** The messages are in the log; `id` is the first one's position. */
  committed(id: string, recipients: number): void
  failed(error: unknown): void
  /** They are about to be written to this node's connections. */
  delivering(): void
  /** The last of them was written to this node's connections. */
  delivered(): void
}

/** Begins traces of publishes. */
export interface Tracer {
  /**
   * Begins one; null when it is not to be traced. `traceparent` is the caller's own context (W3C Trace Context §3.2), null
   * for none.
   */
  begin(channel: string, messages: number, traceparent: string | null): PublishTrace | null
}
