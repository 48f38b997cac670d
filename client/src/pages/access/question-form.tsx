import { useEffect, useState, type FormEvent } from 'react'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { Field } from '../../components/field.tsx'
import { Select } from '../../components/select.tsx'
import { useKeys } from '../../lib/access-queries.ts'
import { usePageWords } from '../../lib/language.ts'
import { faultsOf, readDraft, toQuestion, type Kind, type QuestionDraft } from './question.ts'
import { accessWords } from './words.ts'

interface QuestionFormProps {
  /** The query of the address, which the form starts from. */
  search: string
  onAsk: (draft: QuestionDraft) => void
}

/** Who wants to do what, where. */
export function QuestionForm({ search, onAsk }: QuestionFormProps) {
  const words = usePageWords(accessWords)
  const [draft, setDraft] = useState(() => draftOf(search))
  // Back and forward lead to other questions.
  useEffect(() => setDraft(draftOf(search)), [search])
  const change = (part: Partial<QuestionDraft>) => setDraft({ ...draft, ...part })
  const faults = faultsOf(draft)
  const ready = toQuestion(draft) !== null
  const kinds = (['anonymous', 'claims', 'key'] as const).map((value) => ({ value, label: words.kinds[value] }))
  const actions = (['subscribe', 'publish'] as const).map((value) => ({ value, label: words.actions[value] }))

  function submit(event: FormEvent) {
    event.preventDefault()
    if (ready) onAsk(draft)
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4 rounded-card border border-line bg-panel p-4">
      <div className="flex flex-col gap-1.5">
        <span className="text-row font-medium text-ink-soft">{words.who}</span>
        <Choice label={words.who} choices={kinds} chosen={draft.who} onChoose={(who: Kind) => change({ who })} />
      </div>
      {draft.who === 'claims' && (
        <Field label={words.claims} help={words.claimsHelp} fault={faults.claims && words.badClaims}>
          {({ control }) => (
            <textarea
              {...control}
              className={`${control.className} min-h-20 resize-y py-2 font-mono text-row`}
              rows={4}
              value={draft.claims}
              onChange={(event) => change({ claims: event.target.value })}
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
      )}
      {draft.who === 'key' && <KeyField chosen={draft.key} onChoose={(key) => change({ key })} />}
      <div className="flex flex-col gap-1.5">
        <span className="text-row font-medium text-ink-soft">{words.action}</span>
        <Choice
          label={words.action}
          choices={actions}
          chosen={draft.action}
          onChoose={(action: QuestionDraft['action']) => change({ action })}
        />
      </div>
      <Field
        label={words.channel}
        help={words.channelHelp[draft.action]}
        fault={faults.channel && words.badChannel[draft.action]}
      >
        {({ control }) => <CodeInput {...control} text={draft.channel} onText={(channel) => change({ channel })} />}
      </Field>
      {draft.action === 'publish' && (
        <Field label={words.type} help={words.typeHelp}>
          {({ control }) => <CodeInput {...control} text={draft.type} onText={(type) => change({ type })} />}
        </Field>
      )}
      <Button type="submit" look="primary" disabled={!ready} className="w-fit">
        {words.submit}
      </Button>
    </form>
  )
}

const draftOf = (search: string) => readDraft(new URLSearchParams(search))

function KeyField({ chosen, onChoose }: { chosen: string; onChoose: (id: string) => void }) {
  const words = usePageWords(accessWords)
  const keys = useKeys().data ?? []
  const choices = [
    ...(chosen === '' ? [{ value: '', label: '–' }] : []),
    ...keys.map((key) => ({ value: key.id, label: `${key.name} (${key.prefix}…)` })),
  ]
  return (
    <Field label={words.key} help={keys.length === 0 ? words.noKeys : undefined}>
      {({ control }) => <Select {...control} value={chosen} choices={choices} onChoose={onChoose} />}
    </Field>
  )
}

interface CodeInputProps {
  id: string
  className: string
  text: string
  onText: (text: string) => void
}

function CodeInput({ className, text, onText, ...props }: CodeInputProps) {
  return (
    <input
      {...props}
      className={`${className} h-9 font-mono text-row`}
      value={text}
      onChange={(event) => onText(event.target.value)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
    />
  )
}
