import { CircleCheck, TriangleAlert } from 'lucide-react'
import { Link } from '../../components/link.tsx'
import { formatCount } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { useSamples } from '../../lib/live.ts'
import { overviewWords } from './words.ts'

/** How it stands with what comes in by MQTT, to a node or with null to all together; nothing where none does. */
export function MqttLine({ node }: { node: string | null }) {
  const { mqtt: words } = usePageWords(overviewWords)
  const locale = useLocale()
  const mqtt = useSamples(node).at(-1)?.stats.mqtt
  if (!mqtt) return null
  const refused = Object.entries(mqtt.refused).toSorted(([, a], [, b]) => b - a)
  const total = refused.reduce((sum, [, count]) => sum + count, 0)
  const Icon = mqtt.ok ? CircleCheck : TriangleAlert
  return (
    <section
      aria-label={words.title}
      className="flex flex-wrap items-center gap-x-5 gap-y-1 rounded-card border border-line bg-panel px-4 py-2.5 text-row tabular-nums"
    >
      <h2 className="flex items-center gap-2 font-semibold">
        <Icon aria-hidden className={`size-4 shrink-0 ${mqtt.ok ? 'text-good-text' : 'text-warn-text'}`} />
        {words.title}
        <span className="font-normal text-ink-soft">{mqtt.ok ? words.ok : words.away}</span>
      </h2>
      <span className="text-ink-soft">{words.received(mqtt.received, formatCount(mqtt.received, locale))}</span>
      <span className="text-ink-soft">{words.published(formatCount(mqtt.published, locale))}</span>
      {total > 0 && (
        <Link href="/logs?type=refused&q=MQTT" className="rounded-control text-warn-text hover:underline">
          {words.refused(formatCount(total, locale))}
          <span className="font-mono text-small">
            {' '}
            ({refused.map(([code, count]) => `${code} ${formatCount(count, locale)}`).join(', ')})
          </span>
        </Link>
      )}
    </section>
  )
}
