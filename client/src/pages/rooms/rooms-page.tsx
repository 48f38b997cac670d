import { LayoutDashboard } from 'lucide-react'
import { useEffect } from 'react'
import { Link } from '../../components/link.tsx'
import { Toast } from '../../components/toast.tsx'
import { usePageWords } from '../../lib/language.ts'
import { useSession } from '../../lib/session.ts'
import { RoomShell } from '../room/room-shell.tsx'
import { useRoomTheme } from '../room/room-theme.ts'
import { JoinByLink } from './join-by-link.tsx'
import { OpenForm } from './open-form.tsx'
import { RoomList } from './room-list.tsx'
import { roomsWords } from './words.ts'

/** Where people find a room, open one, or go to the one they were sent. */
export function RoomsPage() {
  const words = usePageWords(roomsWords)
  const session = useSession()
  useRoomTheme()
  useEffect(() => {
    document.title = `${words.title} · Yayın`
    return () => void (document.title = 'Yayın')
  }, [words.title])

  const dashboard = (
    <Link
      href="/"
      className="inline-flex min-h-11 items-center gap-2 rounded-control px-3 text-ink-soft hover:bg-hover hover:text-ink"
    >
      <LayoutDashboard aria-hidden className="size-4" />
      {words.dashboard}
    </Link>
  )
  return (
    <RoomShell action={session.data && dashboard}>
      <main className="mx-auto flex w-full max-w-270 flex-1 flex-col gap-6 px-4 pt-4 pb-10 sm:px-5">
        <div className="flex max-w-150 flex-col gap-1">
          <h1 className="text-figure font-semibold tracking-tight">{words.title}</h1>
          <p className="text-ink-soft">{words.lead}</p>
        </div>
        {session.data && (
          <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
            <div className="flex min-w-0 flex-col gap-5">
              <OpenForm />
              <JoinByLink />
            </div>
            <RoomList />
          </div>
        )}
        {!session.data && !session.isPending && (
          <div className="grid items-start gap-5 lg:grid-cols-2">
            <div className="flex min-w-0 flex-col gap-3">
              <JoinByLink />
              <p className="px-1 text-row text-balance text-ink-faint">{words.list.guestLead}</p>
            </div>
            <OpenForm />
          </div>
        )}
      </main>
      <Toast />
    </RoomShell>
  )
}
