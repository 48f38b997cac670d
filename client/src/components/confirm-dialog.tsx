import type { UseMutationResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { tellError } from '../lib/tell-error.ts'
import { Button } from './button.tsx'
import { Dialog, DialogFoot } from './dialog.tsx'
import { Notice } from './notice.tsx'

interface ConfirmDialogProps {
  title: string
  /** What the button does, and what it says while it does. */
  submit: string
  submitting: string
  action: Pick<UseMutationResult, 'isPending' | 'isError' | 'error'>
  onConfirm: () => void
  onClose: () => void
  /** For what does no harm. */
  look?: 'primary' | 'danger'
  /** What will happen, and to what. */
  children: ReactNode
}

/** Asks before something that cannot be undone; the way out has the focus. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, submit, submitting, action, onConfirm, onClose, look = 'danger', children } = props
  const words = useWords()
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="flex flex-col gap-4 text-row">
        {children}
        {action.isError && <Notice meaning="bad">{tellError(action.error, words)}</Notice>}
        <DialogFoot>
          <Button data-first onClick={onClose}>
            {words.actions.cancel}
          </Button>
          <Button look={look} disabled={action.isPending} onClick={onConfirm}>
            {action.isPending ? submitting : submit}
          </Button>
        </DialogFoot>
      </div>
    </Dialog>
  )
}
