import { lazy } from 'react'
import { Button } from './components/button.tsx'
import { Dashboard } from './components/dashboard.tsx'
import { Logo } from './components/logo.tsx'
import { Notice } from './components/notice.tsx'
import { PageBoundary } from './components/page-boundary.tsx'
import { useWords } from './lib/language.ts'
import { pageLoad } from './lib/page-load.ts'
import { useHash, usePath } from './lib/router.ts'
import { useLinkCode, useSession, useSignIn } from './lib/session.ts'
import { isRoomsPath, roomIdOf } from './pages/room/room-address.ts'
import { SignInPage } from './pages/sign-in-page.tsx'

const InvitationPage = lazy(() =>
  pageLoad(import('./pages/invitation/invitation-page.tsx').then((module) => ({ default: module.InvitationPage }))),
)
const RoomPage = lazy(() =>
  pageLoad(import('./pages/room/room-entry.tsx').then((module) => ({ default: module.RoomEntry }))),
)
const RoomsPage = lazy(() =>
  pageLoad(import('./pages/rooms/rooms-page.tsx').then((module) => ({ default: module.RoomsPage }))),
)

/** Shows rooms to everybody, and the hub to whoever is signed in. */
export function App() {
  const path = usePath()
  const roomId = roomIdOf(path)
  if (roomId === null && !isRoomsPath(path)) return <Hub />
  return (
    <PageBoundary loading={<Splash />}>{roomId === null ? <RoomsPage /> : <RoomPage roomId={roomId} />}</PageBoundary>
  )
}

/** Shows the hub to whoever is signed in, an invitation to whom it brought, and the sign-in page to everybody else. */
function Hub() {
  const session = useSession()
  const signIn = useSignIn()
  const invitation = useHash('invite')
  useLinkCode((code) => signIn.mutate({ code }))
  if (invitation !== null) {
    return (
      <PageBoundary loading={<Splash />}>
        <InvitationPage key={invitation} code={invitation} signedInAs={session.data ?? null} />
      </PageBoundary>
    )
  }
  if (session.data) return <Dashboard user={session.data} />
  if (session.data === null) return <SignInPage signIn={signIn} />
  return session.isError ? <SessionUnknown onRetry={() => void session.refetch()} /> : <Splash />
}

function Splash() {
  return (
    <div className="flex h-full items-center justify-center">
      <Logo className="size-10 animate-breathe" />
    </div>
  )
}

function SessionUnknown({ onRetry }: { onRetry: () => void }) {
  const { errors, actions } = useWords()
  const again = (
    <Button size="small" onClick={onRetry}>
      {actions.retry}
    </Button>
  )
  return (
    <main className="mx-auto flex h-full max-w-120 flex-col items-center justify-center gap-5 p-4">
      <Logo className="size-10" />
      <Notice meaning="bad" action={again}>
        <p className="font-medium">{errors.sessionUnknown}</p>
        <p>{errors.unreachable}</p>
      </Notice>
    </main>
  )
}
