import { useMutation } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useState, type FormEvent } from 'react'
import type { ConnectionInfo } from '../../../../shared/api.ts'
import { isPattern } from '../../../../shared/channel.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Link } from '../../components/link.tsx'
import { Notice } from '../../components/notice.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone } from '../../lib/toast.ts'
import { changeSubscriptions } from '../../lib/traffic-api.ts'
import { connectionsWords } from './words.ts'

interface ConnectionChannelsProps {
  connection: ConnectionInfo
  mayChange: boolean
}

/** What a connection follows; admins add and remove. */
export function ConnectionChannels({ connection, mayChange }: ConnectionChannelsProps) {
  const { channels: words } = usePageWords(connectionsWords)
  const allWords = useWords()
  // What the server has answered, until its news say the same.
  const [answered, setAnswered] = useState<string[] | null>(null)
  const changing = useMutation({
    mutationFn: (change: { subscribe?: string[]; unsubscribe?: string[] }) =>
      changeSubscriptions(connection.id, change),
    onSuccess: (channels, { subscribe, unsubscribe }) => {
      setAnswered(channels)
      if (subscribe?.[0] !== undefined) tellDone(words.added(subscribe[0]))
      if (unsubscribe?.[0] !== undefined) tellDone(words.removed(unsubscribe[0]))
    },
  })
  const channels = answered ?? connection.channels
  return (
    <div className="flex flex-col gap-4">
      {channels.length === 0 && <p className="text-row text-ink-faint">{words.none}</p>}
      <ul aria-label={words.label} className="flex flex-col empty:hidden">
        {channels.map((channel) => (
          <li key={channel} className="flex min-h-9 items-center gap-2 border-b border-line last:border-b-0">
            <Link
              href={`/channels?channel=${encodeURIComponent(channel)}`}
              className="min-w-0 flex-1 truncate font-mono text-small text-accent-text hover:underline"
            >
              {channel}
            </Link>
            {mayChange && (
              <button
                type="button"
                aria-label={words.remove(channel)}
                title={words.remove(channel)}
                disabled={changing.isPending}
                onClick={() => changing.mutate({ unsubscribe: [channel] })}
                className="flex size-7 items-center justify-center rounded-control text-ink-faint transition-colors hover:bg-hover hover:text-ink"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && <AddChannel isBusy={changing.isPending} onAdd={(one) => changing.mutate({ subscribe: [one] })} />}
      {changing.isError && <Notice meaning="bad">{tellError(changing.error, allWords)}</Notice>}
    </div>
  )
}

function AddChannel({ isBusy, onAdd }: { isBusy: boolean; onAdd: (channel: string) => void }) {
  const { channels: words } = usePageWords(connectionsWords)
  const [text, setText] = useState('')
  const name = text.trim()
  const fault = name !== '' && !isPattern(name) ? words.bad : undefined

  function add(event: FormEvent) {
    event.preventDefault()
    if (name === '' || fault !== undefined || isBusy) return
    onAdd(name)
    setText('')
  }

  return (
    <form onSubmit={add}>
      <Field label={words.name} help={words.help} fault={fault}>
        {({ control }) => (
          <div className="flex gap-2">
            <input
              {...control}
              type="text"
              value={text}
              onChange={(event) => setText(event.target.value)}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              className={`${control.className} h-9 font-mono text-row`}
            />
            <Button type="submit" disabled={isBusy || name === '' || fault !== undefined}>
              {words.add}
            </Button>
          </div>
        )}
      </Field>
    </form>
  )
}
