import * as Dialog from '@radix-ui/react-dialog'
import { ChevronDown, ChevronUp, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Message } from '../../../shared/protocol.ts'
import { formatMoment } from '../lib/format.ts'
import { useLocale, useWords } from '../lib/language.ts'
import { IconButton } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { JsonView } from './json-view.tsx'

interface MessagePanelProps {
  message: Message
  onClose: () => void
  /** Takes the focus back when the panel is gone. */
  onClosed: (event: Event) => void
  /** Goes to the neighbour; null at the end of the list. */
  onNewer: (() => void) | null
  onOlder: (() => void) | null
}

/** One message whole, at the right. Not modal: the list beside it stays in use, and picks the next one. */
export function MessagePanel({ message, onClose, onClosed, onNewer, onOlder }: MessagePanelProps) {
  const words = useWords()
  const json = JSON.stringify(message, null, 2)
  return (
    <Dialog.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content
        aria-describedby={undefined}
        onInteractOutside={(event) => event.preventDefault()}
        // Whoever walks through the list goes on walking; the panel is the next stop of Tab.
        onOpenAutoFocus={(event) => event.preventDefault()}
        onCloseAutoFocus={onClosed}
        className="absolute inset-y-0 right-0 z-10 flex w-full max-w-120 animate-slide-in flex-col border-l border-line bg-panel shadow-float focus:outline-none"
      >
        <div className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-4">
          <Dialog.Title className="min-w-0 flex-1 truncate text-body font-semibold">{words.message.title}</Dialog.Title>
          <IconButton label={words.message.newer} disabled={onNewer === null} onClick={onNewer ?? undefined}>
            <ChevronUp aria-hidden className="size-4" />
          </IconButton>
          <IconButton label={words.message.older} disabled={onOlder === null} onClick={onOlder ?? undefined}>
            <ChevronDown aria-hidden className="size-4" />
          </IconButton>
          <Dialog.Close asChild>
            <IconButton label={words.actions.close}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </Dialog.Close>
        </div>
        <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">
          <Facts message={message} />
          <div className="flex items-center justify-between">
            <h3 className="text-row font-medium text-ink-soft">{words.message.content}</h3>
            <CopyButton text={json} />
          </div>
          <div className="-mt-3">
            <JsonView text={json} />
          </div>
        </div>
      </Dialog.Content>
    </Dialog.Root>
  )
}

function Facts({ message }: { message: Message }) {
  const { message: words } = useWords()
  const locale = useLocale()
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 text-row">
      <Fact name={words.position}>
        {message.id === undefined ? words.ephemeral : <span className="font-mono text-small">{message.id}</span>}
      </Fact>
      <Fact name={words.channel}>
        <span className="font-mono text-small break-all">{message.channel}</span>
      </Fact>
      <Fact name={words.type}>{message.type}</Fact>
      <Fact name={words.time}>
        <time dateTime={message.timestamp}>{formatMoment(message.timestamp, locale)}</time>
      </Fact>
      {message.from !== undefined && <Fact name={words.from}>{message.from}</Fact>}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
