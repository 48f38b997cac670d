import { Plus } from 'lucide-react'
import { openPanel } from '../lib/router.ts'
import { Button } from './button.tsx'

/** A page's main action: opens the dialog `panel`, which makes one more of what the page lists. */
export function CreateButton({ panel, label }: { panel: string; label: string }) {
  return (
    <Button look="primary" size="small" onClick={() => openPanel(panel)}>
      <Plus aria-hidden className="size-3.5" />
      {label}
    </Button>
  )
}
