import type { Webhook } from '../../../../shared/webhooks.ts'

export const WEBHOOK_STATES = ['active', 'failing', 'off', 'stopped'] as const
/** How a webhook fares: `off` by hand, `stopped` by the server. */
export type WebhookState = (typeof WEBHOOK_STATES)[number]

export function webhookState({ enabled, disabledReason, failingSince }: Webhook): WebhookState {
  if (!enabled) return disabledReason === null ? 'off' : 'stopped'
  return failingSince === null ? 'active' : 'failing'
}
