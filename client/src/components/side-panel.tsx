import * as Dialog from '@radix-ui/react-dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { IconButton } from './button.tsx'

interface SidePanelProps {
  title: string
  onClose: () => void
  /** Takes the focus back when the panel is gone; without it, it goes to where it was. */
  onClosed?: (event: Event) => void
  /** Buttons beside the title. */
  actions?: ReactNode
  children: ReactNode
}

/** One thing of a list, at the right. Not modal: the list beside it stays in use, and picks the next one. */
export function SidePanel({ title, onClose, onClosed, actions, children }: SidePanelProps) {
  const words = useWords()
  return (
    <Dialog.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content
        aria-describedby={undefined}
        onInteractOutside={(event) => event.preventDefault()}
        // Whoever walks through the list goes on walking; the panel is the next stop of Tab.
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={onClosed ?? ((event) => event.preventDefault())}
        className="absolute inset-y-0 right-0 z-20 flex w-full max-w-120 animate-slide-in flex-col border-l border-line bg-panel shadow-float focus:outline-none"
      >
        <div className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-4">
          <Dialog.Title className="min-w-0 flex-1 truncate text-body font-semibold">{title}</Dialog.Title>
          {actions}
          <Dialog.Close asChild>
            <IconButton label={words.actions.close}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </Dialog.Close>
        </div>
        <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">{children}</div>
      </Dialog.Content>
    </Dialog.Root>
  )
}
