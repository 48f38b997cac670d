import { useId } from 'react'
import { WEBHOOK_EVENTS, type WebhookEvent } from '../../../../shared/webhooks.ts'
import { usePageWords } from '../../lib/language.ts'
import { webhooksWords } from './words.ts'

interface EventsFieldProps {
  chosen: readonly WebhookEvent[]
  fault: string | undefined
  onChange: (events: WebhookEvent[]) => void
}

/** What a webhook is told of, each event with its words. */
export function EventsField({ chosen, fault, onChange }: EventsFieldProps) {
  const { form, events } = usePageWords(webhooksWords)
  const faultId = useId()
  const toggle = (event: WebhookEvent) =>
    onChange(WEBHOOK_EVENTS.filter((other) => chosen.includes(other) !== (other === event)))
  return (
    <fieldset className="flex flex-col gap-1.5" aria-describedby={faultId}>
      <legend className="mb-1.5 text-row font-medium text-ink-soft">{form.events}</legend>
      <div className="flex flex-col rounded-control border border-line">
        {WEBHOOK_EVENTS.map((event) => (
          <label
            key={event}
            className="flex min-h-9 cursor-pointer items-center gap-2.5 border-b border-line px-3 py-1 text-row last:border-b-0 hover:bg-hover"
          >
            <input
              type="checkbox"
              checked={chosen.includes(event)}
              onChange={() => toggle(event)}
              className="size-4 shrink-0 accent-accent"
            />
            <span className="w-32 shrink-0 font-mono text-small">{event}</span>
            <span className="text-ink-soft">{events[event]}</span>
          </label>
        ))}
      </div>
      <p id={faultId} className="text-small text-bad-text empty:hidden">
        {fault}
      </p>
    </fieldset>
  )
}
