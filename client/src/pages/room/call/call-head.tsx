import { ArrowDown, ArrowUp, Link as LinkIcon, Lock, TriangleAlert } from 'lucide-react'
import { Logo } from '../../../components/logo.tsx'
import { Button } from '../../../components/button.tsx'
import { useLocale, usePageWords } from '../../../lib/language.ts'
import { formatBitrate } from '../panel/format-bitrate.ts'
import { roomWords } from '../words.ts'
import { useCall } from './call-context.ts'

interface CallHeadProps {
  onCopyLink: () => void
  onConnection: () => void
}

/** Which room this is, and what the call costs. */
export function CallHead({ onCopyLink, onConnection }: CallHeadProps) {
  const { call } = usePageWords(roomWords)
  const { room, participants } = useCall().snapshot
  return (
    <header className="flex shrink-0 items-center gap-3 px-3 pt-2 pb-1 sm:px-4">
      <Logo className="size-7 shrink-0 max-sm:hidden" />
      <h1 className="min-w-0 truncate font-semibold" title={room.name}>
        {room.name}
      </h1>
      {room.locked && (
        <span className="flex shrink-0 text-warn-text">
          <Lock role="img" aria-label={call.locked} className="size-4" />
        </span>
      )}
      <span className="shrink-0 text-row text-ink-soft tabular-nums">{call.people(participants.length + 1)}</span>
      <span className="flex-1" />
      {/* Nothing is sent to nobody. */}
      {participants.length > 0 && <Cost onClick={onConnection} />}
      <Button look="ghost" className="min-h-11 max-sm:hidden" onClick={onCopyLink}>
        <LinkIcon aria-hidden className="size-4" />
        {call.copyLink}
      </Button>
    </header>
  )
}

/** The picture's height and what goes up and comes down at most; a word when it is too much. */
function Cost({ onClick }: { onClick: () => void }) {
  const { connection } = usePageWords(roomWords)
  const locale = useLocale()
  const { budget } = useCall().snapshot
  const isTooMuch = budget.note === 'beyond'
  return (
    <Button look="ghost" className="min-h-11 tabular-nums" title={connection.title} onClick={onClick}>
      {isTooMuch && <TriangleAlert aria-hidden className="size-4 text-warn-text" />}
      <span className={isTooMuch ? 'text-warn-text max-sm:sr-only' : 'max-sm:hidden'}>
        {isTooMuch ? connection.beyondShort : `${budget.height}p`}
      </span>
      <span className="flex items-center gap-0.5">
        <ArrowUp role="img" aria-label={connection.upload} className="size-3.5" />
        {formatBitrate(budget.upload, locale)}
      </span>
      <span className="flex items-center gap-0.5 max-sm:hidden">
        <ArrowDown role="img" aria-label={connection.download} className="size-3.5" />
        {formatBitrate(budget.download, locale)}
      </span>
    </Button>
  )
}
