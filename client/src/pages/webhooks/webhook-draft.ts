import { type Webhook, type WebhookEvent, webhookUrlFault } from '../../../../shared/webhooks.ts'
import { type PatternFaults, patternFaultsOf, patternsOf } from '../../lib/pattern-lines.ts'
import type { WebhookFields } from './webhooks-api.ts'

/** What is typed into the form, unchecked. */
export interface WebhookDraft {
  name: string
  url: string
  events: WebhookEvent[]
  /** One pattern a line. */
  channels: string
}

export interface WebhookFaults extends PatternFaults {
  url?: 'no_url' | 'has_user'
  events?: true
}

const EVERYTHING = '**'

export const EMPTY_DRAFT: WebhookDraft = { name: '', url: '', events: ['message.published'], channels: '' }

/** The form's content for a webhook that is there. */
export function draftOf({ name, url, events, channels }: Webhook): WebhookDraft {
  const isAll = channels.length === 1 && channels[0] === EVERYTHING
  return { name, url, events, channels: isAll ? '' : channels.join('\n') }
}

/** Tells whether patterns choose among any of these events. */
export function isLimitedByChannels(events: readonly WebhookEvent[]): boolean {
  return events.some((event) => event.startsWith('message.') || event.startsWith('channel.'))
}

/** Checks a draft as the server will, as far as a browser can; null when nothing is wrong. */
export function faultsOf({ url, events, channels }: WebhookDraft): WebhookFaults | null {
  const urlFault = webhookUrlFault(url.trim())
  const faults: WebhookFaults = {
    ...(urlFault !== null && { url: urlFault }),
    ...(events.length === 0 && { events: true }),
    ...patternFaultsOf(channels),
  }
  return Object.keys(faults).length > 0 ? faults : null
}

/** What to ask for of a draft without faults. */
export function toFields({ name, url, events, channels }: WebhookDraft): WebhookFields {
  const patterns = patternsOf(channels)
  return { name: name.trim(), url: url.trim(), events, channels: patterns.length === 0 ? [EVERYTHING] : patterns }
}
