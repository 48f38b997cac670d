import { Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { stringifyExact } from '../../../../shared/exact-json.ts'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { JsonView } from '../../components/json-view.tsx'
import { formatBytes, formatTime } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { shorten } from '../../lib/preview.ts'
import type { ShownFrame, Watched } from './use-watch.ts'
import { connectionsWords } from './words.ts'

/** Live: what is written to a connection while its panel is open, newest on top. */
export function SentFrames({ watched }: { watched: Watched }) {
  const { sent: words } = usePageWords(connectionsWords)
  const locale = useLocale()
  const [held, setHeld] = useState<readonly ShownFrame[] | null>(null)
  const shown = held ?? watched.frames
  const waiting = held === null ? 0 : (watched.frames[0]?.key ?? 0) - (held[0]?.key ?? 0)
  const Icon = held === null ? Pause : Play
  return (
    <section aria-label={words.label} className="flex flex-col gap-3">
      <div className="flex items-center gap-2">
        <Button
          size="small"
          aria-pressed={held !== null}
          onClick={() => setHeld(held === null ? watched.frames : null)}
        >
          <Icon aria-hidden className="size-3.5" />
          {held === null ? words.pause : words.resume}
        </Button>
        {waiting > 0 && <span className="text-small text-ink-faint tabular-nums">{words.waiting(waiting)}</span>}
      </div>
      {watched.skippedBytes > 0 && (
        <p className="text-small text-warn-text">{words.skipped(sizeText(watched.skippedBytes, locale))}</p>
      )}
      {shown.length === 0 && <p className="text-row text-ink-faint">{words.empty}</p>}
      <ol className="flex flex-col">
        {shown.map((frame) => (
          <Frame key={frame.key} frame={frame} />
        ))}
      </ol>
    </section>
  )
}

function Frame({ frame: { at, frame, bytes } }: { frame: ShownFrame }) {
  const { sent: words } = usePageWords(connectionsWords)
  const locale = useLocale()
  const time = <time className="shrink-0 font-mono text-small text-ink-faint tabular-nums">{formatTime(at)}</time>
  if (frame === null) {
    return (
      <li className="flex min-h-8 items-center gap-2 border-b border-line text-small text-ink-faint last:border-b-0">
        {time} {words.hidden(sizeText(bytes, locale))}
      </li>
    )
  }
  const { id: _id, timestamp: _timestamp, channel, type, ...own } = frame
  const json = stringifyExact(frame, 2)
  return (
    <li className="border-b border-line last:border-b-0">
      <details className="group">
        <summary className="flex min-h-8 cursor-pointer items-center gap-2 -outline-offset-2">
          {time}
          <span className="shrink-0 text-small font-medium">{typeof type === 'string' ? type : words.noType}</span>
          {typeof channel === 'string' && (
            <span className="max-w-32 truncate font-mono text-small text-accent-text">{channel}</span>
          )}
          <span className="min-w-0 truncate font-mono text-small text-ink-soft">{shorten(stringifyExact(own))}</span>
        </summary>
        <div className="flex flex-col items-end gap-2 pb-3">
          <CopyButton text={json} />
          <div className="w-full">
            <JsonView text={json} />
          </div>
        </div>
      </details>
    </li>
  )
}

function sizeText(bytes: number, locale: string): string {
  const { value, unit } = formatBytes(bytes, locale)
  return `${value} ${unit}`
}
