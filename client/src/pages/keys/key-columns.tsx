import type { ApiKeyInfo } from '../../../../shared/api.ts'
import { Badge } from '../../components/badge.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import type { Column } from '../../components/table.tsx'
import { useWords, usePageWords } from '../../lib/language.ts'
import { keyState, type KeyState } from './key-state.ts'
import { keysWords } from './words.ts'

const MEANINGS = { active: 'good', expired: 'warn', revoked: 'plain' } as const satisfies Record<KeyState, string>
const SHOWN_PATTERNS = 2

/** The columns of the keys; `makerOf` says in words who made one. */
export function useKeyColumns(now: number, makerOf: (key: ApiKeyInfo) => string): Column<ApiKeyInfo>[] {
  const { list } = useWords()
  const { columns, states, scopes } = usePageWords(keysWords)
  return [
    { key: 'name', head: columns.name, wide: true, sortBy: (key) => key.name, cell: (key) => <Name apiKey={key} /> },
    {
      key: 'scopes',
      head: columns.scopes,
      cell: (key) => (
        <span className="flex flex-wrap gap-1 @[60rem]:min-w-32 @[70rem]:min-w-52">
          {key.scopes.map((scope) => (
            <Badge key={scope} code title={scopes[scope].help} meaning={scope === 'admin' ? 'warn' : 'plain'}>
              {scopes[scope].name}
            </Badge>
          ))}
        </span>
      ),
    },
    { key: 'channels', head: columns.channels, cell: (key) => <Channels patterns={key.channels} /> },
    {
      key: 'created',
      head: columns.created,
      sortBy: (key) => Date.parse(key.createdAt),
      cell: (key) => (
        <span className="flex flex-col">
          <RelativeTime at={key.createdAt} none="" />
          <span
            className="max-w-44 truncate @[60rem]:max-w-36 @[70rem]:max-w-44 text-small text-ink-faint"
            title={makerOf(key)}
          >
            {makerOf(key)}
          </span>
        </span>
      ),
    },
    {
      key: 'used',
      head: columns.lastUsed,
      sortBy: (key) => (key.lastUsedAt === null ? null : Date.parse(key.lastUsedAt)),
      cell: (key) => <RelativeTime at={key.lastUsedAt} none={list.never} />,
    },
    {
      key: 'expires',
      head: columns.expires,
      sortBy: (key) => (key.expiresAt === null ? null : Date.parse(key.expiresAt)),
      cell: (key) => <RelativeTime at={key.expiresAt} none={list.never} />,
    },
    {
      key: 'state',
      head: columns.state,
      sortBy: (key) => states[keyState(key, now)],
      cell: (key) => {
        const state = keyState(key, now)
        return <Badge meaning={MEANINGS[state]}>{states[state]}</Badge>
      },
    },
  ]
}

function Name({ apiKey }: { apiKey: ApiKeyInfo }) {
  return (
    <span className="flex min-w-0 flex-col @[60rem]:min-w-24">
      <span className="font-medium wrap-anywhere">{apiKey.name}</span>
      <span className="font-mono text-small text-ink-faint">{apiKey.prefix}…</span>
    </span>
  )
}

function Channels({ patterns }: { patterns: string[] | null }) {
  const words = usePageWords(keysWords)
  if (patterns === null) return <span className="text-ink-faint">{words.allChannels}</span>
  const rest = patterns.length - SHOWN_PATTERNS
  return (
    <span className="flex max-w-52 flex-wrap @[60rem]:max-w-40 gap-1" title={patterns.join('\n')}>
      {patterns.slice(0, SHOWN_PATTERNS).map((pattern) => (
        <Badge key={pattern} code>
          {pattern}
        </Badge>
      ))}
      {rest > 0 && <Badge>{words.moreChannels(rest)}</Badge>}
    </span>
  )
}
