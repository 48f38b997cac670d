import type { ConnectionInfo } from '../../../../shared/api.ts'
import type { ConnectionWatch } from '../../../../shared/dashboard.ts'
import { Badge } from '../../components/badge.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { formatBytes, formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { connectionsWords } from './words.ts'

interface ConnectionFactsProps {
  connection: ConnectionInfo
  /** Null when it is not open any more, or nothing was heard of it yet. */
  watch: ConnectionWatch | null
}

/** Who a connection is, and how far it has got. */
export function ConnectionFacts({ connection, watch }: ConnectionFactsProps) {
  const words = usePageWords(connectionsWords)
  const { panel } = words
  const locale = useLocale()
  const size = (bytes: number) => {
    const { value, unit } = formatBytes(bytes, locale)
    return `${value} ${unit}`
  }
  return (
    <Facts>
      <Fact name={panel.id}>
        <span className="font-mono text-small break-all">{connection.id}</span>
      </Fact>
      <Fact name={panel.user}>{connection.userId ?? <span className="text-ink-faint">{words.anonymous}</span>}</Fact>
      <Fact name={panel.transport}>
        <Badge code>{connection.transport}</Badge>
      </Fact>
      <Fact name={panel.address}>
        <span className="font-mono text-small">{connection.ip}</span>
      </Fact>
      <Fact name={panel.agent}>
        <span className="text-small">{connection.userAgent}</span>
      </Fact>
      <Fact name={panel.node}>
        <span className="font-mono text-small">{connection.node}</span>
      </Fact>
      <Fact name={panel.since}>
        <RelativeTime at={connection.connectedAt} none="" />
      </Fact>
      {watch && (
        <Fact name={panel.expires}>
          <RelativeTime at={watch.expiresAt} none={panel.never} />
        </Fact>
      )}
      <Fact name={panel.position}>
        <span className="font-mono text-small">{connection.lastPosition}</span>
      </Fact>
      {watch && (
        <Fact name={panel.lag}>
          <span title={watch.logPosition}>{lagOf(watch, panel, locale)}</span>
        </Fact>
      )}
      <Fact name={panel.sent}>
        {panel.sentValue(formatExact(connection.messagesSent, locale), size(connection.bytesSent))}
      </Fact>
      <Fact name={panel.buffered}>
        {connection.bufferedBytes === 0 ? panel.nothingBuffered : size(connection.bufferedBytes)}
      </Fact>
    </Facts>
  )
}

type PanelWords = (typeof connectionsWords)['en']['panel']

function lagOf({ replaying, behind }: ConnectionWatch, words: PanelWords, locale: string): string {
  const far = behind === 0 ? words.upToDate : words.behind(formatExact(behind, locale))
  return replaying ? `${far} (${words.replaying})` : far
}
