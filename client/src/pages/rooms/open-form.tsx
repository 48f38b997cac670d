import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { MAX_PARTICIPANTS, MIN_PARTICIPANTS } from '../../../../shared/room-limits.ts'
import { Field } from '../../components/field.tsx'
import { Link } from '../../components/link.tsx'
import { Notice } from '../../components/notice.tsx'
import { MAX_BEARABLE, meshBudget } from '../../call/index.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { RequestError } from '../../lib/problem.ts'
import { tellError } from '../../lib/tell-error.ts'
import { BigButton } from '../room/big-button.tsx'
import { hostTokenOf } from '../room/own-choices.ts'
import { formatBitrate } from '../room/panel/format-bitrate.ts'
import { Card } from './card.tsx'
import { OpenedDialog } from './opened-dialog.tsx'
import { faultsOf, MAX_NAME, NEW_ROOM, type RoomDraft } from './room-draft.ts'
import { type OpenedRoom, openRoom } from './rooms-api.ts'
import { ROOMS_KEY } from './rooms-key.ts'
import { roomsWords } from './words.ts'

/** Takes a room's name and options, opens it, and shows its link. */
export function OpenForm() {
  const { open } = usePageWords(roomsWords)
  const queries = useQueryClient()
  const [draft, setDraft] = useState(NEW_ROOM)
  const [tried, setTried] = useState(false)
  const [opened, setOpened] = useState<OpenedRoom | null>(null)
  const opening = useMutation({
    mutationFn: openRoom,
    onSuccess(answer) {
      hostTokenOf(answer.room.id).set(answer.hostToken)
      setOpened(answer)
      setDraft(NEW_ROOM)
      setTried(false)
      void queries.invalidateQueries({ queryKey: ROOMS_KEY })
    },
  })
  const found = faultsOf(draft)
  const faults = tried ? found : {}
  const change = (changes: Partial<RoomDraft>) => {
    setDraft({ ...draft, ...changes })
    opening.reset()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (Object.keys(found).length === 0 && !opening.isPending) opening.mutate(draft)
  }
  return (
    <Card title={open.title}>
      <form onSubmit={submit} noValidate className="flex flex-col gap-4">
        {opening.isError && !isTaken(opening.error) && <Refused error={opening.error} />}
        <Field label={open.name} help={open.nameHelp} fault={faults.name && open.faults[faults.name]}>
          {({ control }) => (
            <input
              {...control}
              className={`${control.className} h-11`}
              value={draft.name}
              maxLength={MAX_NAME}
              onChange={(event) => change({ name: event.target.value })}
              autoComplete="off"
            />
          )}
        </Field>
        <SizeField
          size={draft.maxParticipants}
          fault={faults.maxParticipants && open.faults[faults.maxParticipants]}
          onSize={(maxParticipants) => change({ maxParticipants })}
        />
        <Options
          draft={draft}
          idFault={isTaken(opening.error) ? open.idTaken : faults.roomId && open.faults[faults.roomId]}
          onChange={change}
        />
        <BigButton type="submit" disabled={opening.isPending}>
          {opening.isPending ? open.submitting : open.submit}
        </BigButton>
      </form>
      {opened && <OpenedDialog room={opened.room} onClose={() => setOpened(null)} />}
    </Card>
  )
}

interface SizeFieldProps {
  size: number
  fault: string | undefined
  onSize: (size: number) => void
}

/** How many may come, with a word on what so many cost each of them. */
function SizeField({ size, fault, onSize }: SizeFieldProps) {
  const { open } = usePageWords(roomsWords)
  const locale = useLocale()
  const budget = meshBudget(
    Number.isNaN(size) ? MIN_PARTICIPANTS : Math.min(MAX_PARTICIPANTS, Math.max(MIN_PARTICIPANTS, size)),
  )
  const cost = open.cost(formatBitrate(budget.upload, locale), `${budget.height}p`)
  const note = budget.note === 'beyond' ? open.beyond(MAX_BEARABLE) : open.sizes[budget.note]
  return (
    <div className="flex flex-col gap-1.5">
      <Field label={open.size} fault={fault}>
        {({ control }) => (
          <input
            {...control}
            type="number"
            inputMode="numeric"
            min={MIN_PARTICIPANTS}
            max={MAX_PARTICIPANTS}
            className={`${control.className} h-11 tabular-nums`}
            value={Number.isNaN(size) ? '' : size}
            onChange={(event) => onSize(event.target.valueAsNumber)}
          />
        )}
      </Field>
      <p aria-live="polite" className={`text-small ${budget.note === 'beyond' ? 'text-warn-text' : 'text-ink-faint'}`}>
        {note} {cost}
      </p>
    </div>
  )
}

interface OptionsProps {
  draft: RoomDraft
  idFault: string | undefined
  onChange: (changes: Partial<RoomDraft>) => void
}

function Options({ draft, idFault, onChange }: OptionsProps) {
  const { open } = usePageWords(roomsWords)
  return (
    <details open={idFault !== undefined || undefined} className="group flex flex-col">
      <summary className="flex min-h-11 cursor-pointer items-center text-row font-medium text-ink-soft hover:text-ink">
        {open.options}
      </summary>
      <div className="flex flex-col gap-4 pt-2">
        <Field label={open.passcode} help={open.passcodeHelp}>
          {({ control }) => (
            <input
              {...control}
              className={`${control.className} h-11`}
              value={draft.passcode}
              maxLength={128}
              onChange={(event) => onChange({ passcode: event.target.value })}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <Field label={open.id} help={open.idHelp} fault={idFault}>
          {({ control }) => (
            <input
              {...control}
              className={`${control.className} h-11 font-mono`}
              value={draft.roomId}
              maxLength={64}
              onChange={(event) => onChange({ roomId: event.target.value })}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
      </div>
    </details>
  )
}

function Refused({ error }: { error: Error }) {
  const { open, signIn } = usePageWords(roomsWords)
  const words = useWords()
  const status = error instanceof RequestError ? error.problem?.status : undefined
  if (status !== 401 && status !== 403) return <Notice meaning="bad">{tellError(error, words)}</Notice>
  return (
    <Notice
      meaning="warn"
      action={
        <Link href="/" className="shrink-0 font-medium underline underline-offset-2">
          {signIn}
        </Link>
      }
    >
      {open.notAllowed}
    </Notice>
  )
}

function isTaken(error: unknown): boolean {
  return error instanceof RequestError && error.problem?.status === 409
}
