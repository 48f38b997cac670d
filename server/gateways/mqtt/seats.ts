/** A session at the broker, and what it was last subscribed to. */
export interface Seat {
  clientId: string
  subscriptions: string[]
}

/** Which session at the broker this node may use: no two use one at a time, and none is left without anybody. */
export interface Seats {
  /** Takes this node's own session; null while it can not have it. */
  take(clientId: string, holder: string): Promise<Seat | null>
  /** Takes the one session of all nodes; null while another has it. */
  takeOnly(clientId: string, holder: string, alone: boolean): Promise<Seat | null>
  /** Takes a session whose node is gone; null when there is none. */
  takeOrphan(holder: string): Promise<Seat | null>
  /** Keeps sessions; returns those that are still this node's. */
  hold(clientIds: readonly string[], holder: string): Promise<string[]>
  note(clientId: string, subscriptions: readonly string[]): Promise<void>
  release(clientId: string, holder: string): Promise<void>
  forget(clientId: string, holder: string): Promise<void>
}
