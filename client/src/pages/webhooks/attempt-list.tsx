import type { AttemptRecord } from '../../../../shared/webhooks.ts'
import { Badge } from '../../components/badge.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { formatMillis } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { webhooksWords } from './words.ts'

/** What came of each attempt, the newest first. */
export function AttemptList({ attempts }: { attempts: readonly AttemptRecord[] }) {
  const { delivery: words } = usePageWords(webhooksWords)
  return (
    <section className="flex flex-col gap-1.5">
      <h3 className="font-semibold">{words.attempts}</h3>
      {attempts.length === 0 && <p className="text-row text-ink-faint">{words.noAttempt}</p>}
      {attempts.length > 0 && (
        <ol className="rounded-card border border-line text-row">
          {attempts.toReversed().map((attempt) => (
            <Attempt key={attempt.at} attempt={attempt} />
          ))}
        </ol>
      )}
    </section>
  )
}

function Attempt({ attempt: { at, durationMs, status, error, response } }: { attempt: AttemptRecord }) {
  const { delivery: words, errors } = usePageWords(webhooksWords)
  const { value, unit, exact } = formatMillis(durationMs, useLocale())
  return (
    <li className="flex flex-col gap-1.5 border-b border-line px-3 py-2 last:border-b-0">
      <span className="flex flex-wrap items-center gap-2">
        <Badge meaning={error === null ? 'good' : 'bad'} code>
          {status ?? '–'}
        </Badge>
        <span className="text-ink-faint tabular-nums" title={exact}>
          {words.took(`${value} ${unit}`)}
        </span>
        <span className="ml-auto text-ink-faint">
          <RelativeTime at={at} none="" />
        </span>
      </span>
      {error !== null && <span className="text-bad-text">{errors[error]}</span>}
      {response !== '' && (
        <pre
          aria-label={words.response}
          className="rounded-control border border-line bg-sunken p-2 font-mono text-small break-all whitespace-pre-wrap"
        >
          {response}
        </pre>
      )}
      {response === '' && status !== null && <span className="text-small text-ink-faint">{words.noResponse}</span>}
    </li>
  )
}
