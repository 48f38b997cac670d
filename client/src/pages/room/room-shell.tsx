import { Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../../components/button.tsx'
import { Link } from '../../components/link.tsx'
import { Logo } from '../../components/logo.tsx'
import { LanguageButton } from '../../components/preferences.tsx'
import { usePageWords } from '../../lib/language.ts'
import { useValue } from '../../lib/value.ts'
import { roomTheme } from './room-theme.ts'
import { roomWords } from './words.ts'

interface RoomShellProps {
  /** Beside the look and the language. */
  action?: ReactNode
  children: ReactNode
}

/** Stands around what people see before and after a call: where they are, the look, the language. */
export function RoomShell({ action, children }: RoomShellProps) {
  const { lobby } = usePageWords(roomWords)
  return (
    <div className="relative flex min-h-full flex-col">
      <header className="flex items-center justify-between gap-2 p-3 sm:px-5">
        <Link
          href="/rooms"
          className="flex min-h-11 items-center gap-2.5 rounded-control px-1 font-medium text-ink-soft hover:text-ink"
        >
          <Logo className="size-7" />
          {lobby.rooms}
        </Link>
        <div className="flex items-center gap-1">
          {action}
          <LookButtons />
        </div>
      </header>
      {children}
    </div>
  )
}

/** The rooms' look and the language, each one press to the next choice. */
export function LookButtons() {
  const { theme } = usePageWords(roomWords)
  const chosen = useValue(roomTheme)
  const Icon = chosen === 'dark' ? Moon : Sun
  return (
    <div className="flex gap-1 *:size-11">
      <IconButton label={theme[chosen]} onClick={() => roomTheme.set(chosen === 'dark' ? 'light' : 'dark')}>
        <Icon aria-hidden className="size-4.5" />
      </IconButton>
      <LanguageButton />
    </div>
  )
}
