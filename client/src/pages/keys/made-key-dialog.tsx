import { Button } from '../../components/button.tsx'
import { Dialog, DialogFoot } from '../../components/dialog.tsx'
import { Notice } from '../../components/notice.tsx'
import { Secret } from '../../components/secret.tsx'
import type { MadeKey } from '../../lib/access-api.ts'
import { usePageWords } from '../../lib/language.ts'
import { keysWords } from './words.ts'

/** Shows a new key this once; it stays until its reader says that it is stored. */
export function MadeKeyDialog({ made, onClose }: { made: MadeKey; onClose: () => void }) {
  const { made: words } = usePageWords(keysWords)
  return (
    <Dialog title={words.title} stays onClose={onClose}>
      <div className="flex flex-col gap-4">
        <Notice meaning="warn">{words.warning}</Notice>
        <Secret label={words.key} text={made.secret} />
        <div className="flex flex-col gap-1.5">
          <p className="text-row text-ink-soft">{words.use}</p>
          <code className="rounded-card border border-line bg-sunken p-3 font-mono text-small break-all">
            Authorization: Bearer {made.key.prefix}…
          </code>
        </div>
        <DialogFoot>
          <Button look="primary" onClick={onClose}>
            {words.done}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  )
}
