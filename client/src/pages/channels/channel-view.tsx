import { ArrowLeft } from 'lucide-react'
import { hasWildcard, isPattern, isPublishable } from '../../../../shared/channel.ts'
import { AddressTabs } from '../../components/address-tabs.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Link } from '../../components/link.tsx'
import { MessageActions } from '../../components/message-actions.tsx'
import { MessageArchive } from '../../components/message-archive.tsx'
import { MessageStream } from '../../components/message-stream.tsx'
import { Notice } from '../../components/notice.tsx'
import { SendMessage } from '../../components/send-message.tsx'
import { usePageWords } from '../../lib/language.ts'
import { useArchive } from '../../lib/use-archive.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { ChannelFigures } from './channel-figures.tsx'
import { ChannelPresence } from './channel-presence.tsx'
import { channelsWords } from './words.ts'

const PANEL = { tabIndex: -1, className: 'pt-4 focus:outline-none' }

/** One channel, or what a pattern covers: live, its past, who is in it, and a way to say something. */
export function ChannelView({ name }: { name: string }) {
  const words = usePageWords(channelsWords)
  const isAdmin = useIsAdmin()
  const isOne = !hasWildcard(name)
  const mayPublish = isAdmin && isOne && isPublishable(name)
  return (
    <div className="mx-auto flex w-full max-w-[1440px] flex-col gap-4 p-4 sm:px-6">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Link href="/channels" className="inline-flex items-center gap-1.5 text-row text-ink-soft hover:text-ink">
          <ArrowLeft aria-hidden className="size-4" />
          {words.all}
        </Link>
        <h2 className="min-w-0 flex-1 truncate font-mono text-body font-semibold">{name}</h2>
        <CopyButton text={name} />
      </div>
      {isPattern(name) ? (
        <>
          {isOne && <ChannelFigures name={name} />}
          <AddressTabs
            label={words.tabs.label}
            leaving={{ message: null }}
            panel={PANEL}
            tabs={[
              { value: 'live', label: words.tabs.live, content: <LiveTail name={name} /> },
              { value: 'history', label: words.tabs.history, content: <History name={name} /> },
              ...(isOne
                ? [{ value: 'presence', label: words.tabs.presence, content: <ChannelPresence name={name} /> }]
                : []),
              ...(mayPublish
                ? [{ value: 'publish', label: words.tabs.publish, content: <Publish name={name} /> }]
                : []),
            ]}
          />
        </>
      ) : (
        <Notice meaning="bad">{words.bad(name)}</Notice>
      )}
    </div>
  )
}

function LiveTail({ name }: { name: string }) {
  const { live } = usePageWords(channelsWords)
  return (
    <div className="flex h-[max(24rem,calc(100dvh-22rem))] flex-col">
      <MessageStream pattern={name} empty={{ title: live.empty, lead: live.emptyLead }} />
    </div>
  )
}

function History({ name }: { name: string }) {
  const { tabs } = usePageWords(channelsWords)
  const archive = useArchive({ typed: '', channel: name, type: '', from: '', since: '', until: '' })
  return (
    <MessageArchive
      label={tabs.history}
      archive={archive}
      withChannel={hasWildcard(name)}
      isNarrowed={false}
      onShowAll={() => {}}
      Actions={MessageActions}
    />
  )
}

function Publish({ name }: { name: string }) {
  return (
    <div className="max-w-120">
      <SendMessage channel={name} />
    </div>
  )
}
