import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react'
import { Button } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import { formatMillis } from '../../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../../lib/language.ts'
import { tellError } from '../../../lib/tell-error.ts'
import { type IceOutcome, UNREACHABLE_CODE } from './try-ice-url.ts'
import { type Checked, useTurnCheck } from './use-turn-check.ts'
import { turnCheckWords } from './words.ts'

/** Says of each ICE server whether calls from this browser could use it. */
export function TurnCheck() {
  const words = usePageWords(turnCheckWords)
  const { check, checked } = useTurnCheck()
  const label = check.isPending ? words.checking : check.isIdle ? words.submit : words.again
  return (
    <section aria-label={words.title} className="flex flex-col gap-4 rounded-card border border-line bg-panel p-5">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-60 flex-1 flex-col gap-1">
          <h2 className="font-semibold">{words.title}</h2>
          <p className="max-w-160 text-row text-ink-soft">{words.lead}</p>
        </div>
        <Button disabled={check.isPending} onClick={() => check.mutate()}>
          {label}
        </Button>
      </div>
      {check.isError && <Failed error={check.error} />}
      {checked.length > 0 && <Servers checked={checked} />}
      {check.isSuccess && <Verdict checked={checked} />}
    </section>
  )
}

function Failed({ error }: { error: Error }) {
  const own = usePageWords(turnCheckWords)
  const words = useWords()
  return (
    <Notice meaning="bad">
      {own.failed} {tellError(error, words)}
    </Notice>
  )
}

function Servers({ checked }: { checked: readonly Checked[] }) {
  const words = usePageWords(turnCheckWords)
  return (
    <ul className="flex flex-col">
      {checked.map(({ server, outcome }) => (
        <li
          key={server.url}
          className="grid gap-x-4 gap-y-1 border-t border-line py-2.5 text-row sm:grid-cols-[6rem_minmax(0,1fr)_minmax(0,1fr)]"
        >
          <span className="font-medium">
            {words.kinds[server.kind]} · {words.transports[server.transport]}
          </span>
          <span className="font-mono break-all text-ink-soft">{server.url}</span>
          <Outcome outcome={outcome} />
        </li>
      ))}
    </ul>
  )
}

function Outcome({ outcome }: { outcome: IceOutcome | null }) {
  const words = usePageWords(turnCheckWords)
  const locale = useLocale()
  if (outcome === null) {
    return (
      <span className="flex items-start gap-2 text-ink-soft">
        <LoaderCircle aria-hidden className="mt-0.5 size-4 shrink-0 animate-spin" />
        {words.waiting}
      </span>
    )
  }
  if (outcome.kind === 'works') {
    const { value, unit } = formatMillis(outcome.tookMs, locale)
    return (
      <span className="flex items-start gap-2 break-words text-good-text">
        <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
        {words.works(outcome.address, `${value} ${unit}`)}
      </span>
    )
  }
  return (
    <span className="flex items-start gap-2 break-words text-bad-text">
      <CircleX aria-hidden className="mt-0.5 size-4 shrink-0" />
      {tellFailure(outcome, words)}
    </span>
  )
}

const UNAUTHORIZED_CODE = 401

function tellFailure(outcome: Exclude<IceOutcome, { kind: 'works' }>, words: (typeof turnCheckWords)['en']): string {
  if (outcome.kind === 'silent') return words.silent
  if (outcome.code === UNREACHABLE_CODE) return words.unreachable
  return outcome.code === UNAUTHORIZED_CODE ? words.unauthorized : words.refused(outcome.code, outcome.reason)
}

function Verdict({ checked }: { checked: readonly Checked[] }) {
  const words = usePageWords(turnCheckWords)
  if (checked.length === 0) return <Notice meaning="warn">{words.noServers}</Notice>
  const relays = checked.filter(({ server }) => server.kind === 'turn')
  if (relays.length === 0) return <Notice meaning="warn">{words.noTurn}</Notice>
  const works = relays.some(({ outcome }) => outcome?.kind === 'works')
  return <Notice meaning={works ? 'good' : 'bad'}>{works ? words.relayed : words.notRelayed}</Notice>
}
