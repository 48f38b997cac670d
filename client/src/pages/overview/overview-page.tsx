import { Eye } from 'lucide-react'
import { Figures } from '../../components/figures.tsx'
import { GapNotice } from '../../components/gap-notice.tsx'
import { MessageStream } from '../../components/message-stream.tsx'
import { SendMessage } from '../../components/send-message.tsx'
import { useWords } from '../../lib/language.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { Busiest } from './busiest.tsx'
import { Charts } from './charts.tsx'
import { Degraded } from './degraded.tsx'
import { MqttLine } from './mqtt-line.tsx'
import { Notable } from './notable.tsx'
import { useView } from './use-view.ts'
import { ViewPicker } from './view-picker.tsx'

/** The first page: how the server does, what goes through it, and a form to send into it. */
export function OverviewPage() {
  const view = useView()
  const { node, names, titleOf, isGone } = view
  return (
    <div className="mx-auto flex w-full max-w-[1440px] flex-col gap-4 p-4 sm:px-6">
      <GapNotice />
      <ViewPicker view={view} />
      <Degraded node={node} titleOf={titleOf} />
      {!isGone && <Figures key={node} node={node} titleOf={titleOf} />}
      <MqttLine node={node} />
      {/* On narrow pages messages come first: charts below each other would hide them. */}
      <div className="max-lg:order-last">
        <Charts node={node} isSum={node === null && names.length > 1} />
      </div>
      <div className="flex min-h-0 flex-col gap-4 lg:h-110 lg:flex-row">
        <div className="flex h-[60vh] min-h-0 min-w-0 flex-col lg:h-auto lg:flex-1">
          <MessageStream />
        </div>
        <div className="lg:w-80 lg:shrink-0 lg:overflow-y-auto">{useIsAdmin() ? <SendMessage /> : <ViewerNote />}</div>
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Busiest />
        <Notable />
      </div>
    </div>
  )
}

function ViewerNote() {
  const { account } = useWords()
  return (
    <p className="flex items-start gap-2 rounded-card border border-line bg-panel p-4 text-row text-ink-soft">
      <Eye aria-hidden className="mt-0.5 size-4 shrink-0" />
      {account.viewer}
    </p>
  )
}
