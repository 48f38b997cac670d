import { WEBHOOK_EVENTS, type WebhookEvent } from '../../../../shared/webhooks.ts'
import { ChecksField } from '../../components/checks-field.tsx'
import { usePageWords } from '../../lib/language.ts'
import { webhooksWords } from './words.ts'

interface EventsFieldProps {
  chosen: readonly WebhookEvent[]
  fault: string | undefined
  onChange: (events: WebhookEvent[]) => void
}

/** What a webhook is told of, each event with its words. */
export function EventsField(props: EventsFieldProps) {
  const { form, events } = usePageWords(webhooksWords)
  const choices = WEBHOOK_EVENTS.map((event) => ({ value: event, name: event, help: events[event] }))
  return <ChecksField label={form.events} choices={choices} nameWidth="w-32" {...props} />
}
