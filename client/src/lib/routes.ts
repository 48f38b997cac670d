import {
  Activity,
  Archive,
  Cable,
  Hash,
  KeyRound,
  MonitorSmartphone,
  Send,
  ScrollText,
  Server,
  Settings,
  ShieldQuestion,
  Users,
  Video,
  Webhook,
  type LucideIcon,
} from 'lucide-react'
import { lazy, type ComponentType } from 'react'
import { pageLoad } from './page-load.ts'
import type { Words } from './words.ts'

export const ROUTE_GROUPS = ['traffic', 'server', 'access'] as const
export type RouteGroup = (typeof ROUTE_GROUPS)[number]

/** One page of the dashboard and its address. */
export interface Route {
  path: string
  name: keyof Words['pages']
  icon: LucideIcon
  /** Where it stands in the rail; null above all groups. */
  group: RouteGroup | null
  Page: ComponentType
  /** Fetches the page's code before it is shown. */
  preload: () => void
}

type Load = () => Promise<{ default: ComponentType }>

function route(spec: Omit<Route, 'Page' | 'preload'>, load: Load): Route {
  // A page that cannot be fetched now is asked for again, and told of, when it is shown.
  return { ...spec, Page: lazy(() => pageLoad(load())), preload: () => void load().catch(() => {}) }
}

/** The pages, in the order of the rail within each group. */
export const ROUTES: readonly Route[] = [
  route({ path: '/', name: 'overview', icon: Activity, group: null }, () =>
    import('../pages/overview/overview-page.tsx').then((module) => ({ default: module.OverviewPage })),
  ),
  route({ path: '/connections', name: 'connections', icon: Cable, group: 'traffic' }, () =>
    import('../pages/connections/connections-page.tsx').then((module) => ({ default: module.ConnectionsPage })),
  ),
  route({ path: '/channels', name: 'channels', icon: Hash, group: 'traffic' }, () =>
    import('../pages/channels/channels-page.tsx').then((module) => ({ default: module.ChannelsPage })),
  ),
  route({ path: '/messages', name: 'messages', icon: Archive, group: 'traffic' }, () =>
    import('../pages/messages/messages-page.tsx').then((module) => ({ default: module.MessagesPage })),
  ),
  route({ path: '/publish', name: 'publish', icon: Send, group: 'traffic' }, () =>
    import('../pages/publish/publish-page.tsx').then((module) => ({ default: module.PublishPage })),
  ),
  route({ path: '/video', name: 'rooms', icon: Video, group: 'traffic' }, () =>
    import('../pages/video-rooms/video-rooms-page.tsx').then((module) => ({ default: module.VideoRoomsPage })),
  ),
  route({ path: '/logs', name: 'logs', icon: ScrollText, group: 'server' }, () =>
    import('../pages/logs/logs-page.tsx').then((module) => ({ default: module.LogsPage })),
  ),
  route({ path: '/nodes', name: 'nodes', icon: Server, group: 'server' }, () =>
    import('../pages/nodes/nodes-page.tsx').then((module) => ({ default: module.NodesPage })),
  ),
  route({ path: '/settings', name: 'settings', icon: Settings, group: 'server' }, () =>
    import('../pages/settings/settings-page.tsx').then((module) => ({ default: module.SettingsPage })),
  ),
  route({ path: '/webhooks', name: 'webhooks', icon: Webhook, group: 'server' }, () =>
    import('../pages/webhooks/webhooks-page.tsx').then((module) => ({ default: module.WebhooksPage })),
  ),
  route({ path: '/keys', name: 'keys', icon: KeyRound, group: 'access' }, () =>
    import('../pages/keys/keys-page.tsx').then((module) => ({ default: module.KeysPage })),
  ),
  route({ path: '/users', name: 'users', icon: Users, group: 'access' }, () =>
    import('../pages/users/users-page.tsx').then((module) => ({ default: module.UsersPage })),
  ),
  route({ path: '/sessions', name: 'sessions', icon: MonitorSmartphone, group: 'access' }, () =>
    import('../pages/sessions/sessions-page.tsx').then((module) => ({ default: module.SessionsPage })),
  ),
  route({ path: '/access', name: 'access', icon: ShieldQuestion, group: 'access' }, () =>
    import('../pages/access/access-page.tsx').then((module) => ({ default: module.AccessPage })),
  ),
]

/** Finds the page of a path, with or without a slash at its end. */
export function routeOf(path: string): Route | undefined {
  const plain = path.length > 1 ? path.replace(/\/+$/, '') : path
  return ROUTES.find((route) => route.path === plain)
}

/** Routes of each group that has any, in the order of the groups. */
export function groupsOf(routes: readonly Route[]): { group: RouteGroup | null; routes: Route[] }[] {
  return [null, ...ROUTE_GROUPS]
    .map((group) => ({ group, routes: routes.filter((route) => route.group === group) }))
    .filter(({ routes }) => routes.length > 0)
}

/** What an operator opens most, and a phone has room for. */
const MUCH_USED: readonly Route['name'][] = ['overview', 'connections', 'messages', 'logs']

/** Tells whether a page stands in the bar of a phone, or behind its last button. */
export function inPhoneBar(route: Route): boolean {
  return MUCH_USED.includes(route.name)
}
