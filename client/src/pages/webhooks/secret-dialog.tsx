import { Button } from '../../components/button.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { Secret } from '../../components/secret.tsx'
import { usePageWords } from '../../lib/language.ts'
import { webhooksWords } from './words.ts'

/** Shows a new secret this once; it stays until its reader says that it is stored. */
export function SecretDialog({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { secret: words } = usePageWords(webhooksWords)
  return (
    <Dialog title={words.title} stays onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Notice meaning="warn">{words.warning}</Notice>
        <Secret label={words.label} text={secret} />
        <p className="text-row text-ink-soft">{words.use}</p>
        <DialogFoot>
          <Button look="primary" onClick={onClose}>
            {words.done}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  )
}
