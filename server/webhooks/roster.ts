import { matches, namespaceOf } from '../../shared/channel.ts'
import type { WebhookEvent } from '../../shared/webhooks.ts'

/** What is to be known of a webhook to tell whether it wants an event. */
export interface RosterEntry {
  id: string
  enabled: boolean
  events: readonly WebhookEvent[]
  channels: readonly string[]
}

/** The webhooks as they were last read, for quick answers. */
export class Roster {
  #active: readonly RosterEntry[] = []
  #wanted: ReadonlySet<WebhookEvent> = new Set()

  set(entries: readonly RosterEntry[]): void {
    this.#active = entries.filter(({ enabled }) => enabled)
    this.#wanted = new Set(this.#active.flatMap(({ events }) => events))
  }

  get isEmpty(): boolean {
    return this.#active.length === 0
  }

  /** Tells whether any webhook wants such events. */
  wants(event: WebhookEvent): boolean {
    return this.#wanted.has(event)
  }

  /** The webhooks that want such an event of a channel. */
  takers(event: WebhookEvent, channel: string): string[] {
    const takes = ({ events, channels }: RosterEntry) => events.includes(event) && isChosen(channels, channel)
    return this.#active.filter(takes).map(({ id }) => id)
  }
}

/** Tells whether patterns choose a channel. The server’s own namespaces are chosen by who names them alone. */
export function isChosen(patterns: readonly string[], channel: string): boolean {
  const namespace = namespaceOf(channel)
  return patterns.some((pattern) => namespaceOf(pattern) === namespace && matches(pattern, channel))
}
