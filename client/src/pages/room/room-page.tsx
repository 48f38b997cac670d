import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Logo } from '../../components/logo.tsx'
import { Notice } from '../../components/notice.tsx'
import { type Call, type EndReason, JoinError, type JoinOptions } from '../../call/index.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { CallView } from './call/call-view.tsx'
import { type EndKind, endOfRefusal } from './ends/end-kind.ts'
import { EndPage } from './ends/end-page.tsx'
import { Lobby, type Entrance } from './lobby/lobby.tsx'
import { hostTokenOf } from './own-choices.ts'
import { endOfGlimpse, fetchGlimpse } from './room-api.ts'
import { RoomShell } from './room-shell.tsx'
import { useRoomTheme } from './room-theme.ts'
import { roomWords } from './words.ts'

type View =
  | { step: 'lobby'; isJoining: boolean; refusal: JoinError | null }
  | { step: 'call'; call: Call }
  | { step: 'end'; kind: EndKind }

const LOBBY: View = { step: 'lobby', isJoining: false, refusal: null }
/** A camera takes this long to start; a question of the browser's may stand for ever. */
const DEVICES_WAIT_MS = 2000
const GLIMPSE_EVERY_MS = 10_000

interface RoomPageProps {
  roomId: string
  join: (options: JoinOptions) => Promise<Call>
}

/** A room: its lobby, the call, and the page on which it ends. */
export function RoomPage({ roomId, join }: RoomPageProps) {
  const { room: title } = usePageWords(roomWords)
  const [view, setView] = useState<View>(isSupported() ? LOBBY : { step: 'end', kind: 'unsupported' })
  const glimpse = useQuery({
    queryKey: ['room', roomId],
    queryFn: () => fetchGlimpse(roomId),
    enabled: view.step === 'lobby',
    refetchInterval: view.step === 'lobby' ? GLIMPSE_EVERY_MS : false,
  })
  useRoomTheme()
  useTabTitle(glimpse.data?.name ?? title)
  useLeaveOnExit(view.step === 'call' ? view.call : null)

  async function enter({ displayName, passcode, devices }: Entrance) {
    setView({ step: 'lobby', isJoining: true, refusal: null })
    const hostToken = hostTokenOf(roomId).current
    const late = await devices.settled(DEVICES_WAIT_MS)
    try {
      const call = await join({
        roomId,
        displayName,
        ...(passcode !== '' && { passcode }),
        ...(hostToken !== '' && { hostToken }),
        ...devices.tracks(),
      })
      devices.handOver()
      setView({ step: 'call', call })
      // Whoever joins before answering the browser's question is asked again in the call, which tells what fails.
      if (late.includes('microphone')) void call.setMicrophone(true).catch(() => {})
      if (late.includes('camera')) void call.setCamera(true).catch(() => {})
    } catch (error) {
      const refusal = error instanceof JoinError ? error : new JoinError('unreachable')
      const kind = endOfRefusal(refusal.reason)
      setView(kind === null ? { step: 'lobby', isJoining: false, refusal } : { step: 'end', kind })
    }
  }

  if (view.step === 'end') return <EndPage kind={view.kind} onBack={() => setView(LOBBY)} />
  if (view.step === 'call') {
    return <CallView call={view.call} onEnd={(kind: EndReason) => setView({ step: 'end', kind })} />
  }
  const gone = glimpse.isError ? endOfGlimpse(glimpse.error) : null
  if (gone !== null) return <EndPage kind={gone} onBack={() => void glimpse.refetch()} />
  if (glimpse.data) {
    return <Lobby room={glimpse.data} isJoining={view.isJoining} refusal={view.refusal} onJoin={(e) => void enter(e)} />
  }
  return glimpse.isError ? <Unreachable onRetry={() => void glimpse.refetch()} /> : <Opening />
}

function Opening() {
  return (
    <div className="flex h-full items-center justify-center">
      <Logo className="size-10 animate-breathe" />
    </div>
  )
}

function Unreachable({ onRetry }: { onRetry: () => void }) {
  const { actions } = useWords()
  const { refusals } = usePageWords(roomWords)
  return (
    <RoomShell>
      <main className="mx-auto flex w-full max-w-120 flex-1 flex-col justify-center px-4 pb-24">
        <Notice
          meaning="bad"
          action={
            <Button className="min-h-11" onClick={onRetry}>
              {actions.retry}
            </Button>
          }
        >
          {refusals.unreachable}
        </Notice>
      </main>
    </RoomShell>
  )
}

function isSupported(): boolean {
  return 'RTCPeerConnection' in window
}

function useTabTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} · Yayın`
    return () => void (document.title = 'Yayın')
  }, [name])
}

/** Leaves the call when the reader goes to another page of this tab; the call itself sees to a tab that closes. */
function useLeaveOnExit(call: Call | null): void {
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    // In development React takes every effect back once: only what stays away is a way out.
    clearTimeout(leaving.current)
    if (call === null) return
    return () => void (leaving.current = setTimeout(() => void call.leave()))
  }, [call])
}
