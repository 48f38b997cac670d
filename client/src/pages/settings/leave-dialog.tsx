import { Button } from '../../components/button.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { usePageWords } from '../../lib/language.ts'
import { settingsWords } from './words.ts'

interface LeaveDialogProps {
  count: number
  onStay: () => void
  onLeave: () => void
}

/** Asks before changes that are not saved are lost. */
export function LeaveDialog({ count, onStay, onLeave }: LeaveDialogProps) {
  const { leave: words } = usePageWords(settingsWords)
  return (
    <Dialog title={words.title} onClose={onStay}>
      <div className="flex flex-col gap-4 text-row">
        <p>{words.lead(count)}</p>
        <DialogFoot>
          <Button data-first onClick={onStay}>
            {words.stay}
          </Button>
          <Button look="danger" onClick={onLeave}>
            {words.submit}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  )
}
