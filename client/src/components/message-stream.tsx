import { Pause, Play, Radio, Search } from 'lucide-react'
import { hasWildcard } from '../../../shared/channel.ts'
import { formatCount } from '../lib/format.ts'
import { useLocale, useWords } from '../lib/language.ts'
import { useFeed } from '../lib/use-feed.ts'
import { useMessageStream } from '../lib/use-message-stream.ts'
import { Blank } from './blank.tsx'
import { Button } from './button.tsx'
import { EmptyStream, NoMatch } from './empty-stream.tsx'
import { MessageList } from './message-list.tsx'
import { MessagePanel } from './message-panel.tsx'
import { NewRows } from './new-rows.tsx'
import { RowSkeletons } from './row-skeletons.tsx'

interface MessageStreamProps {
  /** The channels that are shown; all of the users' without it. */
  pattern?: string
  /** What is said before the first message; without it, how to send one. */
  empty?: { title: string; lead: string } | undefined
}

/** What goes through the hub, or through some of its channels, as it happens. */
export function MessageStream({ pattern = '**', empty }: MessageStreamProps) {
  const stream = useMessageStream(useFeed(pattern))
  const { entries } = stream.view
  const clearFilter = () => stream.changeFilter('')
  return (
    <>
      <section className="flex min-h-0 flex-1 flex-col overflow-hidden rounded-card border border-line bg-panel outline-offset-2 outline-accent-line has-[[role=listbox]:focus-visible]:outline-2">
        <StreamHead stream={stream} hasFilter={hasWildcard(pattern)} />
        {entries.length > 0 && (
          <div className="relative flex min-h-0 flex-1 flex-col">
            <MessageList
              boxRef={stream.listRef}
              entries={entries}
              active={stream.active}
              selected={stream.opened?.key ?? null}
              topRequest={stream.topRequest}
              onActivate={stream.setActive}
              onOpen={stream.open}
              onTopChange={stream.setAtTop}
            />
            <div className="pointer-events-none absolute inset-x-0 top-3 flex justify-center sm:top-10">
              <NewRows count={stream.view.waiting} onShow={stream.follow} />
            </div>
          </div>
        )}
        {entries.length === 0 &&
          stream.filter === '' &&
          (stream.view.settled ? <NothingYet empty={empty} /> : <RowSkeletons />)}
        {entries.length === 0 && stream.filter !== '' && <NoMatch filter={stream.filter} onShowAll={clearFilter} />}
      </section>
      {stream.opened && (
        <MessagePanel
          message={stream.opened.message}
          onClose={stream.close}
          onNewer={stream.newer}
          onOlder={stream.older}
          onClosed={(event) => {
            event.preventDefault()
            stream.listRef.current?.focus({ preventScroll: true })
          }}
        />
      )}
    </>
  )
}

function StreamHead({ stream, hasFilter }: { stream: ReturnType<typeof useMessageStream>; hasFilter: boolean }) {
  const { stream: words } = useWords()
  const locale = useLocale()
  const PauseIcon = stream.paused ? Play : Pause
  return (
    <div className="flex items-center gap-3 border-b border-line px-4 py-2.5">
      <h2 className="font-semibold">{words.title}</h2>
      <span className="text-row whitespace-nowrap text-ink-faint tabular-nums max-md:hidden">
        {words.shown(formatCount(stream.view.entries.length, locale))}
      </span>
      {hasFilter && (
        <label className="relative ml-auto min-w-0 flex-1 sm:max-w-60">
          <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-ink-faint" />
          <input
            type="search"
            value={stream.filter}
            onChange={(event) => stream.changeFilter(event.target.value)}
            placeholder={words.filter}
            aria-label={words.filter}
            title={words.filterHelp}
            autoComplete="off"
            spellCheck={false}
            className="h-7 w-full rounded-control border border-line bg-panel pr-2 pl-8 text-row transition-colors hover:border-line-strong"
          />
        </label>
      )}
      <Button
        size="small"
        className="ml-auto"
        aria-pressed={stream.paused}
        onClick={stream.paused ? stream.follow : stream.togglePause}
      >
        <PauseIcon aria-hidden className="size-3.5" />
        <span className="max-sm:sr-only">{stream.paused ? words.resume : words.pause}</span>
      </Button>
    </div>
  )
}

function NothingYet({ empty }: { empty: MessageStreamProps['empty'] }) {
  if (empty === undefined) return <EmptyStream />
  return <Blank icon={<Radio aria-hidden className="size-5" />} title={empty.title} lead={empty.lead} />
}
