import { useMutation } from '@tanstack/react-query'
import { useRef, useState, type FormEvent, type KeyboardEvent } from 'react'
import type { Receipt } from '../../../shared/api.ts'
import { broadcast } from '../lib/api.ts'
import { checkDraft, type Draft } from '../lib/draft.ts'
import { useWords } from '../lib/language.ts'
import { tellError } from '../lib/tell-error.ts'
import { Button } from './button.tsx'
import { Field } from './field.tsx'
import { Notice } from './notice.tsx'

const FIRST_DRAFT: Draft = { channel: 'broadcast', type: 'message', fields: '{\n  "text": "Hello"\n}' }

interface SendMessageProps {
  /** The one channel that it goes to; without it the reader chooses. */
  channel?: string
}

/** Publishes a message from the page, so that a newcomer sees the loop close. */
export function SendMessage({ channel }: SendMessageProps) {
  const words = useWords()
  const form = useRef<HTMLFormElement>(null)
  const [draft, setDraft] = useState({ ...FIRST_DRAFT, ...(channel !== undefined && { channel }) })
  const checked = checkDraft(draft, words.send)
  const faults = checked.ok ? {} : checked.faults
  const sending = useMutation({ mutationFn: broadcast })

  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })

  function submit(event: FormEvent) {
    event.preventDefault()
    if (checked.ok && !sending.isPending) sending.mutate(checked.message)
  }

  function submitByKey(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) form.current?.requestSubmit()
  }

  return (
    <section aria-label={words.send.title} className="rounded-card border border-line bg-panel">
      <h2 className="border-b border-line px-4 py-3 font-semibold">{words.send.title}</h2>
      <form ref={form} onSubmit={submit} onKeyDown={submitByKey} className="flex flex-col gap-3.5 p-4">
        {channel === undefined && (
          <Field label={words.send.channel} fault={faults.channel}>
            {({ control }) => (
              <TextInput {...control} value={draft.channel} onText={(channel) => change({ channel })} />
            )}
          </Field>
        )}
        <Field label={words.send.type} fault={faults.type}>
          {({ control }) => <TextInput {...control} value={draft.type} onText={(type) => change({ type })} />}
        </Field>
        <Field label={words.send.fields} help={words.send.fieldsHelp} fault={faults.fields}>
          {({ control }) => (
            <textarea
              {...control}
              className={`${control.className} min-h-20 resize-y py-2 font-mono text-row`}
              value={draft.fields}
              onChange={(event) => change({ fields: event.target.value })}
              rows={3}
              spellCheck={false}
            />
          )}
        </Field>
        <div className="flex items-center gap-3">
          <Button type="submit" look="primary" disabled={!checked.ok || sending.isPending}>
            {sending.isPending ? words.send.submitting : words.send.submit}
          </Button>
          <kbd className="font-sans text-small text-ink-faint max-sm:hidden">{words.send.shortcut}</kbd>
        </div>
        {sending.isSuccess && <Outcome receipt={sending.data} />}
        {sending.isError && <Notice meaning="bad">{tellError(sending.error, words)}</Notice>}
      </form>
    </section>
  )
}

interface TextInputProps {
  id: string
  className: string
  value: string
  onText: (text: string) => void
}

function TextInput({ className, onText, ...props }: TextInputProps) {
  return (
    <input
      {...props}
      type="text"
      className={`${className} h-9 font-mono text-row`}
      onChange={(event) => onText(event.target.value)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  )
}

function Outcome({ receipt }: { receipt: Receipt }) {
  const { send } = useWords()
  return (
    <Notice meaning="good">
      <p>{send.sent(receipt.recipients)}</p>
      {receipt.id !== undefined && (
        <p className="text-small">
          {send.sentAs} <span className="font-mono">{receipt.id}</span>
        </p>
      )}
    </Notice>
  )
}
