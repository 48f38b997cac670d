import { X } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { useModal } from '../lib/use-modal.ts'
import { IconButton } from './button.tsx'

interface DialogProps {
  title: string
  onClose: () => void
  /** Whether it stays until one of its own buttons is pressed: for what is shown once. */
  stays?: boolean
  children: ReactNode
}

/**
 * Stands before the page until it is closed; the first element with `data-first` gets the focus.
 * The browser's own dialog holds the focus and makes the page behind inert, without a style of its own.
 */
export function Dialog({ title, onClose, stays = false, children }: DialogProps) {
  const { actions } = useWords()
  const { ref, onKeyDown, onCancel } = useModal(() => {
    if (!stays) onClose()
  })
  const titleId = useId()

  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onCancel={onCancel}
      className="m-auto max-h-[min(44rem,calc(100dvh-2rem))] w-[calc(100vw-2rem)] max-w-120 flex-col overflow-hidden rounded-card border border-line-strong bg-panel text-ink shadow-float backdrop:bg-veil open:flex"
    >
      <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line pr-2 pl-5">
        <h2 id={titleId} className="min-w-0 flex-1 truncate font-semibold">
          {title}
        </h2>
        {!stays && (
          <IconButton label={actions.close} onClick={onClose}>
            <X aria-hidden className="size-4" />
          </IconButton>
        )}
      </div>
      <div className="min-h-0 overflow-y-auto p-5">{children}</div>
    </dialog>
  )
}

/** The foot of a dialog: what to do at the right, the way out beside it. */
export function DialogFoot({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2 pt-1">{children}</div>
}
