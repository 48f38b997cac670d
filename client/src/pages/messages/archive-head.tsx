import * as Menu from '@radix-ui/react-dropdown-menu'
import { CircleHelp, Search } from 'lucide-react'
import { TextFilters } from '../../components/text-filters.tsx'
import type { ArchiveSearch } from '../../lib/archive.ts'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { setParams } from '../../lib/router.ts'
import { TimeRange } from './time-range.tsx'
import { messagesWords } from './words.ts'

/** What the archive is searched by, and how much is found. */
export function ArchiveHead({ search, total }: { search: ArchiveSearch; total: number | null }) {
  const words = usePageWords(messagesWords)
  const locale = useLocale()
  const texts = [
    { param: 'channel', label: words.filters.channel, example: 'orders/**', value: search.channel },
    { param: 'type', label: words.filters.type, example: 'order_paid', value: search.type },
    { param: 'from', label: words.filters.from, example: 'user-7', value: search.from },
  ]
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2.5">
      <label className="relative min-w-48 flex-1 sm:max-w-96">
        <Search aria-hidden className="pointer-events-none absolute top-1.5 left-2 size-4 text-ink-faint" />
        <input
          type="search"
          value={search.typed}
          onChange={(event) => setParams({ q: event.target.value })}
          placeholder={words.search}
          aria-label={words.search}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="h-7 w-full rounded-control border border-line bg-panel pr-2 pl-8 text-row transition-colors hover:border-line-strong"
        />
      </label>
      <SyntaxHelp />
      <TextFilters texts={texts} />
      <TimeRange since={search.since} until={search.until} />
      <span aria-live="polite" data-testid="count" className="ml-auto text-row text-ink-faint tabular-nums">
        {total !== null && words.found(formatExact(total, locale))}
      </span>
    </div>
  )
}

function SyntaxHelp() {
  const { syntax } = usePageWords(messagesWords)
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        aria-label={syntax.title}
        title={syntax.title}
        className="-ml-2 inline-flex size-7 items-center justify-center rounded-control text-ink-faint transition-colors hover:bg-hover hover:text-ink"
      >
        <CircleHelp aria-hidden className="size-4" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-30 flex w-[calc(100vw-1rem)] max-w-120 flex-col gap-2 rounded-card border border-line-strong bg-panel p-4 text-row shadow-float focus:outline-none"
        >
          <p>{syntax.lead}</p>
          {syntax.rows.map(([example, meaning]) => (
            <Menu.Item
              key={example}
              onSelect={() => setParams({ q: example })}
              className="-mx-2 flex cursor-pointer flex-wrap items-baseline gap-x-3 rounded-control px-2 py-1 outline-none data-[highlighted]:bg-hover"
            >
              <code className="font-mono text-small text-accent-text">{example}</code>
              <span className="text-small text-ink-soft">{meaning}</span>
            </Menu.Item>
          ))}
          <p className="text-small text-ink-faint">{syntax.note}</p>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
