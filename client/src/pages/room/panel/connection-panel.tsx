import type { ReactNode } from 'react'
import type { Participant, Quality } from '../../../call/index.ts'
import { useLocale, usePageWords } from '../../../lib/language.ts'
import { useCall } from '../call/call-context.ts'
import { roomWords } from '../words.ts'
import { formatBitrate } from './format-bitrate.ts'
import { tellQuality } from './quality-sign.tsx'

/** What the call costs, and how the way to each of the others is. */
export function ConnectionPanel() {
  const { connection } = usePageWords(roomWords)
  const { participants } = useCall().snapshot
  return (
    <div
      className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4"
      tabIndex={0}
      role="region"
      aria-label={connection.title}
    >
      <Budget />
      {participants.length === 0 && <p className="text-ink-soft">{connection.nobody}</p>}
      {participants.map((person) => (
        <Way key={person.id} person={person} />
      ))}
    </div>
  )
}

function Budget() {
  const { connection } = usePageWords(roomWords)
  const locale = useLocale()
  const { budget } = useCall().snapshot
  return (
    <section className="flex flex-col gap-2 text-row">
      <p className="text-ink-soft">{connection.lead}</p>
      <p className={budget.note === 'beyond' ? 'text-warn-text' : 'text-ink'}>{connection.notes[budget.note]}</p>
      <p className="text-ink-soft">{connection.budget(`${budget.width} × ${budget.height}`, budget.frameRate)}</p>
      <dl>
        <Figure name={connection.upload}>{formatBitrate(budget.upload, locale)}</Figure>
        <Figure name={connection.download}>{formatBitrate(budget.download, locale)}</Figure>
      </dl>
    </section>
  )
}

function Way({ person }: { person: Participant }) {
  const { connection: words } = usePageWords(roomWords)
  return (
    <section data-way={person.id} className="flex flex-col gap-1 border-t border-line pt-3 text-row">
      <div className="flex items-baseline justify-between gap-3">
        <h3 className="min-w-0 truncate font-medium">{person.displayName}</h3>
        <span className="shrink-0 text-ink-soft">{tellQuality(person.connection, person.quality, words)}</span>
      </div>
      {person.quality && <Figures quality={person.quality} />}
    </section>
  )
}

function Figures({ quality }: { quality: Quality }) {
  const { connection: words } = usePageWords(roomWords)
  const locale = useLocale()
  const { picture, route, protocol, roundTripMs } = quality
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  return (
    <dl>
      <Figure name={words.loss}>{percent.format(quality.lossRatio)}</Figure>
      <Figure name={words.roundTrip}>{roundTripMs === null ? words.unknown : `${whole.format(roundTripMs)} ms`}</Figure>
      <Figure name={words.received}>{formatBitrate(quality.receivedBitsPerSecond, locale)}</Figure>
      <Figure name={words.sent}>{formatBitrate(quality.sentBitsPerSecond, locale)}</Figure>
      {picture && (
        <Figure name={words.picture}>
          {`${picture.width} × ${picture.height} · ${whole.format(picture.framesPerSecond)}/s`}
        </Figure>
      )}
      <Figure name={words.route}>
        {route === null ? words.unknown : [words.routes[route], protocol?.toUpperCase()].filter(Boolean).join(' · ')}
      </Figure>
    </dl>
  )
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-3">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="tabular-nums">{children}</dd>
    </div>
  )
}
