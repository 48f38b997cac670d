import { CircleX, LoaderCircle, RefreshCw, WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { State } from '../realtime/index.ts'
import { useWords } from '../lib/language.ts'
import { useLive } from '../lib/live.ts'
import { useNow } from '../lib/use-now.ts'
import { useValue } from '../lib/value.ts'
import type { Words } from '../lib/words.ts'
import { Button } from './button.tsx'

/** Where a phone has no room for the word and the page's action, the dot alone says that all is well. */
const BESIDE_ACTION = 'max-sm:group-has-[[data-main-action]:not(:empty)]/top:hidden'

const ICON = 'size-3.5 shrink-0'

const LOOKS: Record<State['status'], string> = {
  connecting: 'border-info-line/40 bg-info-fill text-info-text',
  live: 'border-good-line/40 bg-good-fill text-good-text',
  retrying: 'border-warn-line/40 bg-warn-fill text-warn-text',
  offline: 'border-line-strong bg-sunken text-ink-soft',
  stopped: 'border-bad-line/40 bg-bad-fill text-bad-text',
}

const ICONS: Record<State['status'], ReactNode> = {
  connecting: <LoaderCircle aria-hidden className={`${ICON} animate-spin`} />,
  live: <LiveDot />,
  retrying: <RefreshCw aria-hidden className={ICON} />,
  offline: <WifiOff aria-hidden className={ICON} />,
  stopped: <CircleX aria-hidden className={ICON} />,
}

/** Where the stream stands, always in sight, with a button when there is something to do. */
export function ConnectionState() {
  const { connection } = useWords()
  const live = useLive()
  const state = useValue(live.state)
  const now = useNow(250, state.status === 'retrying')
  const action = { retrying: connection.retryNow, stopped: connection.reconnect } as const
  return (
    <div className="flex min-w-0 items-center gap-2" role="group" aria-label={connection.label}>
      {/* The countdown is for the eye: read aloud, it would never end. */}
      <span className="sr-only" role="status">
        {announce(state, connection)}
      </span>
      <span
        aria-hidden
        data-testid="connection-state"
        data-status={state.status}
        className={`inline-flex min-h-7 min-w-0 items-center gap-1.5 rounded-round border px-2.5 text-row font-medium tabular-nums ${LOOKS[state.status]}`}
      >
        {ICONS[state.status]}
        <span className={`sm:truncate ${state.status === 'live' ? BESIDE_ACTION : ''}`}>
          {describe(state, connection, now)}
        </span>
      </span>
      {(state.status === 'retrying' || state.status === 'stopped') && (
        <Button size="small" onClick={live.retry}>
          {action[state.status]}
        </Button>
      )}
    </div>
  )
}

function LiveDot() {
  return <span aria-hidden className="size-2 shrink-0 rounded-round bg-good-line" />
}

function announce(state: State, words: Words['connection']): string {
  return state.status === 'retrying' ? words.retrying : describe(state, words, 0)
}

function describe(state: State, words: Words['connection'], now: number): string {
  if (state.status === 'retrying') return words.retryingIn(Math.max(0, Math.ceil((state.retryAt - now) / 1000)))
  if (state.status === 'stopped') return `${words.stopped}: ${words.reasons[state.reason]}`
  return words[state.status]
}
