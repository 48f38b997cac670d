import { Activity, KeyRound, MonitorSmartphone, ShieldQuestion, Users, type LucideIcon } from 'lucide-react'
import { lazy, type ComponentType } from 'react'
import type { Words } from './words.ts'

/** One page of the dashboard and its address. */
export interface Route {
  path: string
  name: keyof Words['pages']
  icon: LucideIcon
  Page: ComponentType
  /** Fetches the page's code before it is shown. */
  preload: () => void
}

type Load = () => Promise<{ default: ComponentType }>

function route(spec: Omit<Route, 'Page' | 'preload'>, load: Load): Route {
  // A page that cannot be fetched now is asked for again, and told of, when it is shown.
  return { ...spec, Page: lazy(load), preload: () => void load().catch(() => {}) }
}

/** The pages in the order of the rail. */
export const ROUTES: readonly Route[] = [
  route({ path: '/', name: 'overview', icon: Activity }, () =>
    import('../pages/overview/overview-page.tsx').then((module) => ({ default: module.OverviewPage })),
  ),
  route({ path: '/keys', name: 'keys', icon: KeyRound }, () =>
    import('../pages/keys/keys-page.tsx').then((module) => ({ default: module.KeysPage })),
  ),
  route({ path: '/users', name: 'users', icon: Users }, () =>
    import('../pages/users/users-page.tsx').then((module) => ({ default: module.UsersPage })),
  ),
  route({ path: '/sessions', name: 'sessions', icon: MonitorSmartphone }, () =>
    import('../pages/sessions/sessions-page.tsx').then((module) => ({ default: module.SessionsPage })),
  ),
  route({ path: '/access', name: 'access', icon: ShieldQuestion }, () =>
    import('../pages/access/access-page.tsx').then((module) => ({ default: module.AccessPage })),
  ),
]

/** Finds the page of a path, with or without a slash at its end. */
export function routeOf(path: string): Route | undefined {
  const plain = path.length > 1 ? path.replace(/\/+$/, '') : path
  return ROUTES.find((route) => route.path === plain)
}
