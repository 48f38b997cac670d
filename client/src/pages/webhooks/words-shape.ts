import type { AttemptError, DeliveryState, WebhookEvent } from '../../../../shared/webhooks.ts'
import type { WebhookState } from './webhook-state.ts'

/** What the page of webhooks says. */
export interface WebhooksWords {
  lead: string
  create: string
  columns: { name: string; events: string; state: string; waiting: string; failed: string; lastSuccess: string }
  states: Record<WebhookState, string>
  events: Record<WebhookEvent, string>
  moreEvents: (count: number) => string
  emptyTitle: string
  emptyLead: string
  emptyLeadViewer: string
  never: string
  form: {
    createTitle: string
    editTitle: string
    name: string
    nameHelp: string
    url: string
    urlHelp: string
    urlFaults: { no_url: string; has_user: string }
    events: string
    noEvent: string
    channels: string
    channelsHelp: string
    channelsUnused: string
    badChannel: (pattern: string) => string
    tooMany: string
    create: string
    creating: string
    changed: (name: string) => string
  }
  secret: { title: string; warning: string; label: string; use: string; done: string }
  rotating: {
    title: string
    lead: (name: string) => string
    overlap: string
    overlaps: { hours: (hours: number) => string; none: string }
    submit: string
    submitting: string
  }
  deleting: {
    title: string
    lead: (name: string) => string
    waiting: (count: string) => string
    forGood: string
    submit: string
    submitting: string
    done: (name: string) => string
  }
  panel: {
    gone: string
    goneLead: string
    test: string
    testing: string
    tested: (status: number, duration: string) => string
    edit: string
    turnOff: string
    turnOn: string
    turnedOff: (name: string) => string
    turnedOn: (name: string) => string
    rotate: string
    remove: string
    facts: {
      url: string
      events: string
      channels: string
      allChannels: string
      lastSuccess: string
      lastFailure: string
      secrets: string
      twoSecrets: string
      created: string
    }
    failing: (error: string) => string
    failingSince: string
    nextTry: string
    stopped: { failing: string; gone: string }
  }
  deliveries: {
    title: string
    filter: string
    all: string
    states: Record<DeliveryState, string>
    empty: string
    emptyLead: string
    emptyState: string
    failed: string
    more: string
    event: string
    subject: string
    when: string
    attempts: (count: number) => string
  }
  delivery: {
    back: string
    gone: string
    again: string
    sending: string
    sent: string
    offHelp: string
    id: string
    event: string
    subject: string
    state: string
    created: string
    nextAttempt: string
    payload: string
    attempts: string
    noAttempt: string
    response: string
    noResponse: string
    took: (duration: string) => string
  }
  errors: Record<AttemptError, string>
}
