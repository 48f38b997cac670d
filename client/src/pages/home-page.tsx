import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { DashboardUser } from '../../../shared/api.ts'
import { Figures } from '../components/figures.tsx'
import { GapNotice } from '../components/gap-notice.tsx'
import { MessageStream } from '../components/message-stream.tsx'
import { SendMessage } from '../components/send-message.tsx'
import { TopBar } from '../components/top-bar.tsx'
import { createLive, LiveContext } from '../lib/live.ts'
import { SESSION_KEY, useSignOut } from '../lib/session.ts'
import { useValue } from '../lib/value.ts'

/** The first page: figures, the live stream, and a form to send into it. */
export function HomePage({ user }: { user: DashboardUser }) {
  const [live] = useState(createLive)
  const signOut = useSignOut()
  useEffect(live.open, [live])
  useSessionEnd(useValue(live.state))
  return (
    <LiveContext value={live}>
      <div className="flex h-dvh flex-col">
        <TopBar user={user} onSignOut={signOut} />
        {/* A panel fills this box from the right, so that it never hides the connection's state. */}
        <div className="relative min-h-0 flex-1 overflow-hidden">
          <div className="h-full overflow-y-auto">
            <main className="mx-auto flex w-full max-w-[1440px] flex-col gap-4 p-4 sm:px-6 lg:h-full lg:min-h-150">
              <GapNotice />
              <Figures />
              <div className="flex min-h-0 flex-1 flex-col gap-4 lg:flex-row">
                <div className="flex h-[70vh] min-h-0 min-w-0 flex-col lg:h-auto lg:flex-1">
                  <MessageStream />
                </div>
                <div className="lg:w-80 lg:shrink-0 lg:overflow-y-auto">
                  <SendMessage />
                </div>
              </div>
            </main>
          </div>
        </div>
      </div>
    </LiveContext>
  )
}

/** Asks again who is signed in when the stream says that the session is over, which leads back to the sign-in page. */
function useSessionEnd(state: ReturnType<typeof createLive>['state']['current']) {
  const queries = useQueryClient()
  const over = state.status === 'stopped' && (state.reason === 'unauthorized' || state.reason === 'expired')
  useEffect(() => {
    if (over) void queries.invalidateQueries({ queryKey: SESSION_KEY })
  }, [over, queries])
}
