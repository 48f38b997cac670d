import { useState, type FormEvent } from 'react'
import { MAX_PARTICIPANTS, MIN_PARTICIPANTS } from '../../../../shared/room-limits.ts'
import type { RoomDetail } from '../../../../shared/video.ts'
import { Button } from '../../components/button.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { Field } from '../../components/field.tsx'
import { NameField } from '../../components/name-field.tsx'
import { Notice } from '../../components/notice.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { RequestError } from '../../lib/problem.ts'
import { tellError } from '../../lib/tell-error.ts'
import { tellDone } from '../../lib/toast.ts'
import { faultsOf, FIRST_DRAFT, toNewRoom, type RoomDraft } from './room-draft.ts'
import { openRoom } from './rooms-api.ts'
import { useRoomAction } from './use-rooms.ts'
import { videoRoomsWords } from './words.ts'

interface OpenRoomDialogProps {
  onOpened: (room: RoomDetail) => void
  onClose: () => void
}

/** Asks what a new room is to be, and opens it. */
export function OpenRoomDialog({ onOpened, onClose }: OpenRoomDialogProps) {
  const words = useWords()
  const { opening: form, done } = usePageWords(videoRoomsWords)
  const [draft, setDraft] = useState(FIRST_DRAFT)
  const change = (part: Partial<RoomDraft>) => setDraft({ ...draft, ...part })
  const opening = useRoomAction(openRoom, (room) => {
    onOpened(room)
    tellDone(done.opened(room.name))
  })
  const faults = faultsOf(draft)
  const isTaken = isConflict(opening.error) && opening.variables?.roomId === draft.id.trim()
  const isReady = Object.keys(faults).length === 0 && draft.name.trim() !== '' && !opening.isPending

  function submit(event: FormEvent) {
    event.preventDefault()
    if (isReady) opening.mutate(toNewRoom(draft))
  }

  return (
    <Dialog title={form.title} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <NameField
          label={form.name}
          value={draft.name}
          placeholder={form.nameExample}
          maxLength={100}
          onChange={(name) => change({ name })}
        />
        <Field label={form.size} help={form.sizeHelp} fault={faults.size && form.sizeFault}>
          {({ control }) => (
            <input
              {...control}
              className={`${control.className} h-9 tabular-nums`}
              type="number"
              min={MIN_PARTICIPANTS}
              max={MAX_PARTICIPANTS}
              value={draft.size}
              onChange={(event) => change({ size: event.target.value })}
            />
          )}
        </Field>
        <Field label={form.id} help={form.idHelp} fault={faults.id ? form.idFault : isTaken ? form.taken : undefined}>
          {({ control }) => (
            <input
              {...control}
              className={`${control.className} h-9 font-mono text-row`}
              value={draft.id}
              onChange={(event) => change({ id: event.target.value })}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <Field label={form.passcode} help={form.passcodeHelp}>
          {({ control }) => (
            <input
              {...control}
              className={`${control.className} h-9`}
              value={draft.passcode}
              onChange={(event) => change({ passcode: event.target.value })}
              maxLength={128}
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        {opening.isError && !isConflict(opening.error) && (
          <Notice meaning="bad">{tellError(opening.error, words)}</Notice>
        )}
        <DialogFoot>
          <Button onClick={onClose}>{words.actions.cancel}</Button>
          <Button type="submit" look="primary" disabled={!isReady}>
            {opening.isPending ? form.submitting : form.submit}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

function isConflict(error: Error | null): boolean {
  return error instanceof RequestError && error.problem?.status === 409
}
