import { ChevronDown, ChevronUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { stringifyExact } from '../../../shared/exact-json.ts'
import type { Message } from '../../../shared/protocol.ts'
import { formatMoment } from '../lib/format.ts'
import { useLocale, useWords } from '../lib/language.ts'
import { IconButton } from './button.tsx'
import { CopyButton } from './copy-button.tsx'
import { Fact, Facts } from './facts.tsx'
import { JsonView } from './json-view.tsx'
import { SidePanel } from './side-panel.tsx'

interface MessagePanelProps {
  message: Message
  onClose: () => void
  /** Takes the focus back when the panel is gone. */
  onClosed?: (event: Event) => void
  /** Goes to the neighbour; null at the end of the list. */
  onNewer: (() => void) | null
  onOlder: (() => void) | null
  /** What can be done with it. */
  children?: ReactNode
}

/** One message whole, at the right. */
export function MessagePanel({ message, onClose, onClosed, onNewer, onOlder, children }: MessagePanelProps) {
  const words = useWords()
  const json = stringifyExact(message, 2)
  return (
    <SidePanel
      title={words.message.title}
      onClose={onClose}
      {...(onClosed && { onClosed })}
      actions={
        <>
          <IconButton label={words.message.newer} disabled={onNewer === null} onClick={onNewer ?? undefined}>
            <ChevronUp aria-hidden className="size-4" />
          </IconButton>
          <IconButton label={words.message.older} disabled={onOlder === null} onClick={onOlder ?? undefined}>
            <ChevronDown aria-hidden className="size-4" />
          </IconButton>
        </>
      }
    >
      <MessageFacts message={message} />
      {children}
      <div className="flex items-center justify-between">
        <h3 className="text-row font-medium text-ink-soft">{words.message.content}</h3>
        <CopyButton text={json} />
      </div>
      <div className="-mt-3">
        <JsonView text={json} />
      </div>
    </SidePanel>
  )
}

function MessageFacts({ message }: { message: Message }) {
  const { message: words } = useWords()
  const locale = useLocale()
  return (
    <Facts>
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
    </Facts>
  )
}
