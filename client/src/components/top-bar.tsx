import { LogOut } from 'lucide-react'
import type { DashboardUser } from '../../../shared/api.ts'
import { useWords } from '../lib/language.ts'
import { IconButton } from './button.tsx'
import { ConnectionState } from './connection-state.tsx'
import { Logo } from './logo.tsx'
import { Preferences } from './preferences.tsx'

interface TopBarProps {
  user: DashboardUser
  onSignOut: () => void
}

export function TopBar({ user, onSignOut }: TopBarProps) {
  const { account } = useWords()
  return (
    <header className="relative z-20 border-b border-line bg-panel">
      <div className="mx-auto flex min-h-14 max-w-[1440px] flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2 sm:px-6">
        <Logo />
        <h1 className="mr-auto text-body font-semibold tracking-tight">Yayın</h1>
        <div className="flex min-w-0 max-sm:has-[button]:order-last max-sm:has-[button]:w-full">
          <ConnectionState />
        </div>
        <div className="flex items-center gap-0.5 sm:border-l sm:border-line sm:pl-2">
          <Preferences />
          <span className="hidden max-w-48 truncate px-2 text-row text-ink-soft md:block" title={user.email}>
            {user.name ?? user.email}
          </span>
          <IconButton label={account.signOut} onClick={onSignOut}>
            <LogOut aria-hidden className="size-4" />
          </IconButton>
        </div>
      </div>
    </header>
  )
}
