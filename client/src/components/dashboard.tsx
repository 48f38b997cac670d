import type { DashboardUser } from '../../../shared/api.ts'
import { LiveContext } from '../lib/live.ts'
import { usePath } from '../lib/router.ts'
import { routeOf } from '../lib/routes.ts'
import { useLiveStream } from '../lib/use-live-stream.ts'
import { UserContext } from '../lib/user.ts'
import { NotFoundPage } from '../pages/not-found-page.tsx'
import { Frame } from './frame.tsx'
import { PageBoundary } from './page-boundary.tsx'
import { RowSkeletons } from './row-skeletons.tsx'

/** Everything behind the sign-in: one stream, one frame, and the page that the address names. */
export function Dashboard({ user }: { user: DashboardUser }) {
  const live = useLiveStream()
  const route = routeOf(usePath())
  return (
    <UserContext value={user}>
      <LiveContext value={live}>
        <Frame>
          {/* A page that failed is left behind when the reader goes to another. */}
          <PageBoundary key={route?.path} loading={<Loading />}>
            {route ? <route.Page /> : <NotFoundPage />}
          </PageBoundary>
        </Frame>
      </LiveContext>
    </UserContext>
  )
}

function Loading() {
  return (
    <div className="mx-auto w-full max-w-[1440px] p-4 sm:px-6">
      <RowSkeletons />
    </div>
  )
}
