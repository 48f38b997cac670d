import {
  DoorOpen,
  Keyboard,
  KeyRound,
  Languages,
  LockKeyhole,
  LogOut,
  Monitor,
  Moon,
  RefreshCw,
  Send,
  Sun,
  Unplug,
  UserPlus,
  type LucideIcon,
} from 'lucide-react'
import { language, usePageWords } from '../../lib/language.ts'
import { useLive } from '../../lib/live.ts'
import { navigate, openPanel } from '../../lib/router.ts'
import { routeOf } from '../../lib/routes.ts'
import { useSignOut } from '../../lib/session.ts'
import { theme, THEMES } from '../../lib/theme.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { useValue } from '../../lib/value.ts'
import { LANGUAGES } from '../../lib/words.ts'
import { overlay } from './overlay.ts'
import type { PaletteItem } from './palette-item.ts'
import { paletteWords } from './words.ts'

const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const

/** What can be done from anywhere, by who is signed in; what would fail is not offered. */
export function useActions(): PaletteItem[] {
  const { actions } = usePageWords(paletteWords)
  const other = usePageWords({ en: paletteWords.tr, tr: paletteWords.en }).actions
  const isAdmin = useIsAdmin()
  const { state, retry } = useLive()
  const { status } = useValue(state)
  const signOut = useSignOut()

  const act = (name: string, icon: LucideIcon, label: string, keywords: string, run: () => void): PaletteItem => {
    return { id: `action:${name}`, group: 'actions', icon, label, keywords, run }
  }
  const goTo = (name: string, icon: LucideIcon, label: string, keywords: string, address: string) =>
    routeOf(new URL(address, location.origin).pathname)
      ? [act(name, icon, label, keywords, () => navigate(address))]
      : []

  return [
    ...(isAdmin ? goTo('publish', Send, actions.publish, other.publish, '/publish') : []),
    ...(isAdmin ? goTo('room', DoorOpen, actions.openRoom, other.openRoom, '/video?open=1') : []),
    ...(isAdmin ? goTo('key', KeyRound, actions.createKey, other.createKey, '/keys?create=1') : []),
    ...(isAdmin ? goTo('invite', UserPlus, actions.inviteUser, other.inviteUser, '/users?invite=1') : []),
    ...(isAdmin
      ? [
          {
            ...act('disconnect', Unplug, actions.disconnectSome, other.disconnectSome, () => {}),
            query: `${actions.disconnectVerb} `,
          },
        ]
      : []),
    ...(status === 'live' || status === 'connecting'
      ? []
      : [act('reconnect', RefreshCw, actions.reconnect, other.reconnect, retry)]),
    ...THEMES.map((name) =>
      act(`theme-${name}`, THEME_ICONS[name], actions.theme[name], other.theme[name], () => theme.set(name)),
    ),
    ...LANGUAGES.map((tag) =>
      act(`language-${tag}`, Languages, actions.language[tag], other.language[tag], () => language.set(tag)),
    ),
    {
      ...act('shortcuts', Keyboard, actions.shortcuts, other.shortcuts, () => overlay.set({ kind: 'shortcuts' })),
      keys: '?',
    },
    act('password', LockKeyhole, actions.changePassword, other.changePassword, () => openPanel('password')),
    act('sign-out', LogOut, actions.signOut, other.signOut, signOut),
  ]
}
