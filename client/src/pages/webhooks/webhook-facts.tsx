import type { Webhook } from '../../../../shared/webhooks.ts'
import { Badge } from '../../components/badge.tsx'
import { Fact, Facts } from '../../components/facts.tsx'
import { Notice } from '../../components/notice.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { usePageWords } from '../../lib/language.ts'
import { useNow } from '../../lib/use-now.ts'
import { WebhookBadge } from './state-badges.tsx'
import { isLimitedByChannels } from './webhook-draft.ts'
import { webhookState } from './webhook-state.ts'
import { webhooksWords } from './words.ts'

const RENEWED_EVERY_MS = 1000

/** Where a webhook is sent, what it is told of, and how it fares. */
export function WebhookFacts({ webhook }: { webhook: Webhook }) {
  const words = usePageWords(webhooksWords)
  const { facts, stopped } = words.panel
  const { events, channels, disabledReason, previousSecretUntil } = webhook
  return (
    <>
      {disabledReason !== null && !webhook.enabled && <Notice meaning="bad">{stopped[disabledReason]}</Notice>}
      <Facts>
        <Fact name={words.columns.state}>
          <WebhookBadge state={webhookState(webhook)} />
        </Fact>
        <Failing webhook={webhook} />
        <Fact name={facts.url}>
          <span className="font-mono text-small break-all">{webhook.url}</span>
        </Fact>
        <Fact name={facts.events}>
          <Pills texts={events} />
        </Fact>
        {isLimitedByChannels(events) && (
          <Fact name={facts.channels}>
            {channels.length === 1 && channels[0] === '**' ? facts.allChannels : <Pills texts={channels} />}
          </Fact>
        )}
        <Fact name={facts.lastSuccess}>
          <RelativeTime at={webhook.lastSuccessAt} none={words.never} />
        </Fact>
        {webhook.lastFailureAt !== null && (
          <Fact name={facts.lastFailure}>
            <RelativeTime at={webhook.lastFailureAt} none={words.never} />
          </Fact>
        )}
        {previousSecretUntil !== null && (
          <Fact name={facts.secrets}>
            {facts.twoSecrets} <RelativeTime at={previousSecretUntil} none="" />
          </Fact>
        )}
        <Fact name={facts.created}>
          <RelativeTime at={webhook.createdAt} none="" />
        </Fact>
      </Facts>
    </>
  )
}

function Failing({ webhook: { enabled, failingSince, pausedUntil, lastError, lastStatus } }: { webhook: Webhook }) {
  const { panel, errors } = usePageWords(webhooksWords)
  const now = useNow(RENEWED_EVERY_MS)
  if (!enabled || failingSince === null) return null
  return (
    <>
      <Fact name={panel.failingSince}>
        <RelativeTime at={failingSince} none="" />
        {lastError !== null && (
          <span className="block text-small text-warn-text">
            {lastError === 'bad_status' && lastStatus !== null ? `HTTP ${lastStatus}` : errors[lastError]}
          </span>
        )}
      </Fact>
      {pausedUntil !== null && Date.parse(pausedUntil) > now && (
        <Fact name={panel.nextTry}>
          <RelativeTime at={pausedUntil} none="" />
        </Fact>
      )}
    </>
  )
}

function Pills({ texts }: { texts: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {texts.map((text) => (
        <Badge key={text} code>
          {text}
        </Badge>
      ))}
    </span>
  )
}
