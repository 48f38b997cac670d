import { MessageSquare, SendHorizontal } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState, type FormEvent } from 'react'
import type { ChatLine } from '../../../call/index.ts'
import { Blank } from '../../../components/blank.tsx'
import { Button } from '../../../components/button.tsx'
import { useLocale, usePageWords } from '../../../lib/language.ts'
import { useCall } from '../call/call-context.ts'
import { RoundButton } from '../round-button.tsx'
import { roomWords } from '../words.ts'
import { isContinued } from './chat-groups.ts'
import { textParts } from './text-parts.ts'

const MAX_TEXT = 2000
/** As near to the end as counts as reading along. */
const END_PX = 40

/** What was written in the room, the past included, and a field to write in. */
export function ChatPanel() {
  const { chat } = usePageWords(roomWords)
  const { snapshot } = useCall()
  return (
    <>
      {snapshot.chat.length === 0 ? (
        <Blank icon={<MessageSquare aria-hidden className="size-5" />} title={chat.empty} lead={chat.emptyLead} />
      ) : (
        <Lines lines={snapshot.chat} />
      )}
      <WriteForm />
    </>
  )
}

function Lines({ lines }: { lines: readonly ChatLine[] }) {
  const { chat } = usePageWords(roomWords)
  const box = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const [behind, setBehind] = useState(false)

  function toEnd() {
    box.current?.scrollTo({ top: box.current.scrollHeight })
  }
  useLayoutEffect(() => {
    // Who has scrolled up to read is left there.
    if (atEnd.current || lines.at(-1)?.own) toEnd()
    else setBehind(true)
  }, [lines])

  function onScroll() {
    const element = box.current
    if (element === null) return
    atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < END_PX
    if (atEnd.current) setBehind(false)
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={box}
        role="log"
        aria-label={chat.log}
        tabIndex={0}
        onScroll={onScroll}
        className="min-h-0 flex-1 overflow-y-auto px-4 py-3"
      >
        <ol className="flex flex-col">
          {lines.map((line, i) => (
            <Line key={line.id} line={line} continued={isContinued(lines[i - 1], line)} />
          ))}
        </ol>
      </div>
      {behind && (
        <Button className="absolute bottom-2 min-h-11 self-center shadow-float" onClick={toEnd}>
          {chat.newLines}
        </Button>
      )}
    </div>
  )
}

function Line({ line, continued }: { line: ChatLine; continued: boolean }) {
  const { call } = usePageWords(roomWords)
  const locale = useLocale()
  const time = new Date(line.sentAtMs)
  return (
    <li className={`flex flex-col ${line.own ? 'items-end' : 'items-start'} ${continued ? 'mt-1' : 'mt-3'}`}>
      {!continued && (
        <p className="mb-0.5 flex max-w-full items-baseline gap-2 text-small">
          <span className="truncate font-medium text-ink-soft">{line.own ? call.youNamed(line.name) : line.name}</span>
          <time dateTime={time.toISOString()} className="shrink-0 text-ink-faint tabular-nums">
            {new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(time)}
          </time>
        </p>
      )}
      <p
        className={`max-w-full rounded-card px-3 py-1.5 break-words whitespace-pre-wrap ${line.own ? 'bg-accent-fill text-ink' : 'bg-sunken'}`}
      >
        {textParts(line.text).map(({ text, href }, i) =>
          href === null ? (
            text
          ) : (
            <a key={i} href={href} target="_blank" rel="noreferrer" className="text-accent-text underline">
              {text}
            </a>
          ),
        )}
      </p>
    </li>
  )
}

function WriteForm() {
  const { chat } = usePageWords(roomWords)
  const { call } = useCall()
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState('')
  const [failed, setFailed] = useState(false)
  const ready = text.trim() !== ''

  useEffect(() => field.current?.focus({ preventScroll: true }), [])

  async function send() {
    if (!ready) return
    setText('')
    setFailed(false)
    try {
      await call.sendChat(text.trim())
    } catch {
      setFailed(true)
      // Nothing is lost; what was typed meanwhile stays too.
      setText((since) => (since === '' ? text : `${text}\n${since}`))
    }
  }
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void send()
      }}
      className="flex shrink-0 flex-col gap-1 border-t border-line p-3"
    >
      {failed && (
        <p role="alert" className="text-small text-bad-text">
          {chat.failed}
        </p>
      )}
      <div className="flex items-end gap-2">
        <textarea
          ref={field}
          aria-label={chat.label}
          placeholder={chat.placeholder}
          rows={1}
          maxLength={MAX_TEXT}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            // While a word is being composed, Enter takes the suggestion.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            void send()
          }}
          className="field-sizing-content max-h-32 min-h-11 min-w-0 flex-1 resize-none rounded-control border border-line bg-panel px-3 py-2.5 hover:border-line-strong"
        />
        <RoundButton type="submit" label={chat.send} look={ready ? 'active' : 'plain'} disabled={!ready}>
          <SendHorizontal aria-hidden className="size-5" />
        </RoundButton>
      </div>
    </form>
  )
}
