import { LogOut, MonitorSmartphone } from 'lucide-react'
import type { SessionInfo } from '../../../../shared/api.ts'
import { Blank } from '../../components/blank.tsx'
import { Button } from '../../components/button.tsx'
import { Choice } from '../../components/choice.tsx'
import { List } from '../../components/list.tsx'
import { MainAction } from '../../components/main-action.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { useSessions } from '../../lib/access-queries.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { closePanel, openPanel, setParams, useParam } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { EndOthersDialog } from './end-others-dialog.tsx'
import { EndSessionDialog } from './end-session-dialog.tsx'
import { useSessionColumns } from './session-columns.tsx'
import { useDeviceName } from './use-device-name.ts'
import { sessionsWords } from './words.ts'

const END = 'end'
const END_OTHERS = 'end-others'

/** Where one is signed in, for admins where everybody is, and how to end that. */
export function SessionsPage() {
  const { pages } = useWords()
  const words = usePageWords(sessionsWords)
  const isAdmin = useIsAdmin()
  const all = useParam('all') !== null && isAdmin
  const sessions = useSessions(all)
  const deviceName = useDeviceName()
  const scopes = [
    { value: '', label: words.scope.mine },
    { value: '1', label: words.scope.everybody },
  ]
  return (
    <PageBody lead={words.lead}>
      {isAdmin && (
        <Choice
          label={words.scope.label}
          choices={scopes}
          chosen={all ? '1' : ''}
          onChoose={(value) => setParams({ all: value })}
        />
      )}
      <List
        label={pages.sessions}
        query={sessions}
        columns={useSessionColumns(all)}
        rowKey={(session) => session.id}
        textOf={({ user, ip, userAgent }) =>
          [user.name, user.email, ip, userAgent, deviceName(userAgent)].filter(Boolean).join(' ')
        }
        firstOrder="-seen"
        RowActions={EndButton}
        empty={
          <Blank
            icon={<MonitorSmartphone aria-hidden className="size-5" />}
            title={words.emptyTitle}
            lead={words.emptyLead}
          />
        }
      />
      <EndOthers />
      <Panels sessions={sessions.data ?? []} />
    </PageBody>
  )
}

/** The main action, while there are others to end. */
function EndOthers() {
  const words = usePageWords(sessionsWords)
  const open = useParam(END_OTHERS) !== null
  const others = useSessions(false).data?.filter((session) => !session.current).length ?? 0
  return (
    <>
      {others > 0 && (
        <MainAction>
          <Button size="small" onClick={() => openPanel(END_OTHERS)}>
            <LogOut aria-hidden className="size-3.5" />
            <span className="max-sm:sr-only">{words.endOthers}</span>
          </Button>
        </MainAction>
      )}
      {open && others > 0 && <EndOthersDialog count={others} onClose={() => closePanel(END_OTHERS)} />}
    </>
  )
}

function Panels({ sessions }: { sessions: readonly SessionInfo[] }) {
  const ended = useParam(END)
  const found = sessions.find((session) => session.id === ended && !session.current)
  return found && <EndSessionDialog session={found} onClose={() => closePanel(END)} />
}

function EndButton({ row: session }: { row: SessionInfo }) {
  const words = usePageWords(sessionsWords)
  const deviceName = useDeviceName()
  if (session.current) return null
  const label = words.endNamed(deviceName(session.userAgent), session.ip ?? words.unknownAddress)
  return (
    <Button look="ghost" size="small" data-destructive aria-label={label} onClick={() => openPanel(END, session.id)}>
      {words.end}
    </Button>
  )
}
