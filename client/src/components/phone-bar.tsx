import { Ellipsis } from 'lucide-react'
import { useId, useRef, useState, type ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { usePath } from '../lib/router.ts'
import { groupsOf, inPhoneBar, routeOf, ROUTES, type Route } from '../lib/routes.ts'
import { useDismiss } from '../lib/use-dismiss.ts'
import { Link } from './link.tsx'

const MUCH_USED = ROUTES.filter(inPhoneBar)
const OTHERS = ROUTES.filter((route) => !inPhoneBar(route))

const place =
  'flex min-h-12 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-control px-0.5 transition-colors'
const lookOf = (current: boolean) => (current ? 'bg-accent-fill text-accent-text' : 'text-ink-soft')

/** The pages on a phone: the most used in a bar at the bottom, the others behind its last button. */
export function PhoneBar() {
  const { frame, pages } = useWords()
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLElement>(null)
  const sheetId = useId()
  const current = routeOf(usePath())
  useDismiss(box, open, () => setOpen(false))
  return (
    <nav
      ref={box}
      aria-label={frame.pages}
      className="relative order-last flex shrink-0 gap-1 border-t border-line bg-panel p-1"
    >
      {MUCH_USED.map((route) => (
        <Link
          key={route.path}
          href={route.path}
          aria-current={route === current ? 'page' : undefined}
          onFocus={route.preload}
          onClick={() => setOpen(false)}
          className={`${place} ${lookOf(route === current)}`}
        >
          <Named icon={<route.icon aria-hidden className="size-5 shrink-0" />}>{pages[route.name]}</Named>
        </Link>
      ))}
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? sheetId : undefined}
        onClick={() => setOpen(!open)}
        className={`${place} ${lookOf(!open && current !== undefined && OTHERS.includes(current))}`}
      >
        <Named icon={<Ellipsis aria-hidden className="size-5 shrink-0" />}>{frame.more}</Named>
      </button>
      {open && <Sheet id={sheetId} current={current} onGo={() => setOpen(false)} />}
    </nav>
  )
}

function Named({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <>
      {icon}
      <span className="max-w-full truncate text-small tracking-tight">{children}</span>
    </>
  )
}

interface SheetProps {
  id: string
  current: Route | undefined
  onGo: () => void
}

function Sheet({ id, current, onGo }: SheetProps) {
  const { frame, pages } = useWords()
  return (
    <div
      id={id}
      className="absolute inset-x-2 bottom-full z-30 mb-2 flex max-h-[70dvh] flex-col gap-3 overflow-y-auto rounded-card border border-line-strong bg-panel p-3 shadow-float"
    >
      {groupsOf(OTHERS).map(({ group, routes }) => (
        <div key={group ?? ''}>
          {group !== null && <p className="px-2 pb-1 text-small font-medium text-ink-faint">{frame.groups[group]}</p>}
          <div className="grid grid-cols-2 gap-1">
            {routes.map((route) => (
              <Link
                key={route.path}
                href={route.path}
                aria-current={route === current ? 'page' : undefined}
                onClick={onGo}
                className={`flex min-h-11 min-w-0 items-center gap-3 rounded-control px-2 ${lookOf(route === current)}`}
              >
                <route.icon aria-hidden className="size-5 shrink-0" />
                <span className="truncate">{pages[route.name]}</span>
              </Link>
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}
