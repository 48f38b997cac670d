import { Unplug } from 'lucide-react'
import { useState } from 'react'
import { AddressTabs } from '../../components/address-tabs.tsx'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { SendMessage } from '../../components/send-message.tsx'
import { SidePanel } from '../../components/side-panel.tsx'
import { usePageWords, useWords } from '../../lib/language.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { ConnectionChannels } from './connection-channels.tsx'
import { ConnectionFacts } from './connection-facts.tsx'
import { ConnectionLife } from './connection-life.tsx'
import { DisconnectDialog } from './disconnect-dialog.tsx'
import { SentFrames } from './sent-frames.tsx'
import { useWatch, type Watched } from './use-watch.ts'
import { connectionsWords } from './words.ts'

const TAB_PANEL = { className: 'pt-4 outline-offset-4' }

/** One connection: who it is, how it stands, and live what is sent to it. */
export function ConnectionPanel({ id, onClose }: { id: string; onClose: () => void }) {
  const words = usePageWords(connectionsWords)
  const isAdmin = useIsAdmin()
  const watched = useWatch(id)
  const [leaving, setLeaving] = useState(false)
  const { connection } = watched
  const isOpen = watched.end.kind === 'open'
  const mayAct = isAdmin && isOpen
  const title = connection?.name ?? connection?.userId ?? words.panel.title
  return (
    <>
      <SidePanel
        title={title}
        onClose={onClose}
        actions={
          mayAct && (
            <Button look="secondary" size="small" onClick={() => setLeaving(true)}>
              <Unplug aria-hidden className="size-3.5" />
              {words.disconnect}
            </Button>
          )
        }
      >
        <End watched={watched} />
        {connection && <ConnectionFacts connection={connection} watch={isOpen ? watched.watch : null} />}
        <AddressTabs
          label={words.tabs.label}
          panel={TAB_PANEL}
          tabs={[
            ...(connection
              ? [{ value: 'sent', label: words.tabs.sent, content: <SentFrames watched={watched} /> }]
              : []),
            { value: 'life', label: words.tabs.life, content: <ConnectionLife id={id} /> },
            ...(connection
              ? [
                  {
                    value: 'channels',
                    label: words.tabs.channels,
                    content: <ConnectionChannels connection={connection} mayChange={mayAct} />,
                  },
                ]
              : []),
            ...(mayAct
              ? [{ value: 'send', label: words.tabs.send, content: <SendMessage channel={`connection/${id}`} /> }]
              : []),
          ]}
        />
      </SidePanel>
      {leaving && <DisconnectDialog ids={[id]} onClose={() => setLeaving(false)} />}
    </>
  )
}

function End({ watched: { end, refetch } }: { watched: Watched }) {
  const words = usePageWords(connectionsWords)
  const { actions } = useWords()
  if (end.kind === 'open') return null
  if (end.kind === 'closed') {
    return <Notice meaning="warn">{words.panel.closed(words.reasons[end.reason] ?? end.reason)}</Notice>
  }
  if (end.kind === 'unknown') {
    return (
      <Notice meaning="warn">
        <p className="font-medium">{words.panel.gone}</p>
        <p>{words.panel.goneLead}</p>
      </Notice>
    )
  }
  return (
    <Notice
      meaning="bad"
      action={
        <Button size="small" onClick={refetch}>
          {actions.retry}
        </Button>
      }
    >
      {words.panel.loadFailed}
    </Notice>
  )
}
