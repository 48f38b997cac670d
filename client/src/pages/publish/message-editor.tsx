import { Clock, Send, WandSparkles } from 'lucide-react'
import { useId, useRef, type KeyboardEvent } from 'react'
import { stringifyExact } from '../../../../shared/exact-json.ts'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Field } from '../../components/field.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import type { CheckedDraft, PublishDraft } from './check-publish.ts'
import { JsonEditor } from './json-editor.tsx'
import { publishWords } from './words.ts'

interface MessageEditorProps {
  draft: PublishDraft
  checked: CheckedDraft
  isSending: boolean
  maySend: boolean
  onChange: (part: Partial<PublishDraft>) => void
  onSubmit: () => void
}

/** Channel, message and time; says what is wrong as it is typed. */
export function MessageEditor({ draft, checked, isSending, maySend, onChange, onSubmit }: MessageEditorProps) {
  const { editor: words } = usePageWords(publishWords)
  const { send } = useWords()
  const form = useRef<HTMLFormElement>(null)
  const isLater = draft.deliverAt !== null
  const Icon = isLater ? Clock : Send
  const channelFaults = { ok: undefined, bad: send.badChannel, closed: words.closed }

  function submitByKey(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit()
  }

  return (
    <section aria-label={words.title} className="rounded-card border border-line bg-panel">
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit()
        }}
        onKeyDown={submitByKey}
        className="flex flex-col gap-4 p-4"
      >
        <Field label={words.channel} fault={channelFaults[checked.channel]}>
          {({ control }) => (
            <input
              {...control}
              type="text"
              value={draft.channel}
              onChange={(event) => onChange({ channel: event.target.value })}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className={`${control.className} h-9 font-mono text-row`}
            />
          )}
        </Field>
        <JsonEditor text={draft.content} fault={checked.content} onText={(content) => onChange({ content })} />
        <Timing draft={draft} checked={checked} onChange={onChange} />
        <div className="flex flex-wrap items-center gap-3">
          {maySend && (
            <>
              <Button type="submit" look="primary" disabled={!checked.isReady || isSending}>
                <Icon aria-hidden className="size-4" />
                {isSending ? words.submitting : isLater ? words.submitLater : words.submit}
              </Button>
              <kbd className="font-sans text-small text-ink-faint max-sm:hidden">{words.shortcut}</kbd>
            </>
          )}
          <Button
            look="ghost"
            className="ml-auto"
            disabled={checked.message === null}
            onClick={() => onChange({ content: stringifyExact(checked.message, 2) })}
          >
            <WandSparkles aria-hidden className="size-4" />
            {words.tidy}
          </Button>
        </div>
      </form>
    </section>
  )
}

type TimingProps = Pick<MessageEditorProps, 'draft' | 'checked' | 'onChange'>

/** Now or later, kept or not. */
function Timing({ draft, checked, onChange }: TimingProps) {
  const { editor: words } = usePageWords(publishWords)
  const ephemeralNote = useId()
  const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
  const choices = [
    { value: 'now' as const, label: words.now },
    { value: 'later' as const, label: words.later },
  ]
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-4">
      <div className="flex flex-col gap-1.5">
        <span className="text-row font-medium text-ink-soft">{words.when}</span>
        <Choice
          label={words.when}
          choices={choices}
          chosen={draft.deliverAt === null ? 'now' : 'later'}
          onChoose={(value) => onChange({ deliverAt: value === 'now' ? null : '' })}
        />
      </div>
      {draft.deliverAt !== null && (
        <div className="min-w-56">
          <Field
            label={words.deliverAt}
            help={words.deliverAtHelp(zone)}
            fault={checked.time === 'bad' && draft.deliverAt !== '' ? words.badTime : undefined}
          >
            {({ control }) => (
              <input
                {...control}
                type="datetime-local"
                step={1}
                value={draft.deliverAt ?? ''}
                onChange={(event) => onChange({ deliverAt: event.target.value })}
                className={`${control.className} h-9`}
              />
            )}
          </Field>
        </div>
      )}
      <div className="flex min-w-0 flex-1 basis-60 flex-col gap-0.5 text-row sm:pt-6">
        <label className="flex items-center gap-2 font-medium">
          <input
            type="checkbox"
            aria-describedby={ephemeralNote}
            checked={draft.ephemeral}
            onChange={(event) => onChange({ ephemeral: event.target.checked })}
            className="size-4 accent-accent"
          />
          {words.ephemeral}
        </label>
        <p
          id={ephemeralNote}
          className={`pl-6 text-small ${checked.time === 'ephemeral' ? 'text-bad-text' : 'text-ink-faint'}`}
        >
          {checked.time === 'ephemeral' ? words.ephemeralLater : words.ephemeralHelp}
        </p>
      </div>
    </div>
  )
}
