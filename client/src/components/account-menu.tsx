import { CircleUserRound, KeyRound, LogOut } from 'lucide-react'
import { lazy, Suspense, useId, useRef, useState, type ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { closePanel, openPanel, useParam } from '../lib/router.ts'
import { useSignOut } from '../lib/session.ts'
import { useDismiss } from '../lib/use-dismiss.ts'
import { useUser } from '../lib/user.ts'
import { IconButton } from './button.tsx'
import { Preferences } from './preferences.tsx'

const PASSWORD_PANEL = 'password'

const PasswordDialog = lazy(() =>
  import('./password-dialog.tsx').then((module) => ({ default: module.PasswordDialog })),
)

/** Who is signed in, and what they can do about themselves. */
export function AccountMenu() {
  const { account } = useWords()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const menuId = useId()
  const signOut = useSignOut()
  const changing = useParam(PASSWORD_PANEL) !== null
  useDismiss(box, open, () => setOpen(false))

  const choose = (act: () => void) => () => {
    setOpen(false)
    act()
  }
  return (
    <div ref={box} className="relative">
      <IconButton
        label={account.menu}
        aria-expanded={open}
        aria-controls={open ? menuId : undefined}
        onClick={() => setOpen(!open)}
      >
        <CircleUserRound aria-hidden className="size-4.5" />
      </IconButton>
      {open && (
        <div
          id={menuId}
          className="absolute top-full right-0 z-30 mt-1.5 flex w-64 max-w-[calc(100vw-2rem)] flex-col rounded-card border border-line-strong bg-panel p-1.5 shadow-float"
        >
          <Identity />
          <div className="flex gap-1 border-b border-line px-1 py-1.5 sm:hidden">
            <Preferences />
          </div>
          <div className="flex flex-col pt-1.5">
            <MenuButton
              icon={<KeyRound aria-hidden className="size-4" />}
              onClick={choose(() => openPanel(PASSWORD_PANEL))}
            >
              {account.changePassword}
            </MenuButton>
            <MenuButton icon={<LogOut aria-hidden className="size-4" />} onClick={choose(signOut)}>
              {account.signOut}
            </MenuButton>
          </div>
        </div>
      )}
      {changing && (
        <Suspense>
          <PasswordDialog onClose={() => closePanel(PASSWORD_PANEL)} />
        </Suspense>
      )}
    </div>
  )
}

function Identity() {
  const { roles } = useWords()
  const user = useUser()
  return (
    <div className="flex min-w-0 flex-col border-b border-line px-2 pt-1 pb-2.5">
      {user.name !== null && <span className="truncate font-medium">{user.name}</span>}
      <span className="truncate text-row text-ink-soft" title={user.email}>
        {user.email}
      </span>
      <span className="text-small text-ink-faint">{roles[user.role]}</span>
    </div>
  )
}

interface MenuButtonProps {
  icon: ReactNode
  onClick: () => void
  children: ReactNode
}

function MenuButton({ icon, onClick, children }: MenuButtonProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="flex h-9 items-center gap-2.5 rounded-control px-2 text-left text-ink-soft transition-colors hover:bg-hover hover:text-ink"
    >
      {icon}
      {children}
    </button>
  )
}
