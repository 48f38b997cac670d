import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useWords } from '../lib/language.ts'
import { createPreference } from '../lib/preference.ts'
import { usePath } from '../lib/router.ts'
import { ROUTES, routeOf, type Route } from '../lib/routes.ts'
import { useValue } from '../lib/value.ts'
import { Link } from './link.tsx'
import { Logo } from './logo.tsx'

/** The reader's choice on wide screens; narrower ones have room for icons alone. */
const rail = createPreference<'open' | 'folded'>('rail', ['open', 'folded'], 'open')

/** The pages: at the left with words, folded to icons, or on phones a bar at the bottom. */
export function Rail() {
  const { frame } = useWords()
  const folded = useValue(rail) === 'folded'
  const current = routeOf(usePath())
  return (
    <div
      className={`group flex shrink-0 border-line bg-panel max-sm:order-last max-sm:border-t sm:w-14 sm:flex-col sm:border-r ${folded ? '' : 'lg:w-55'}`}
      data-folded={folded}
    >
      <Link
        href="/"
        aria-label="Yayın"
        className="flex h-14 items-center gap-2.5 border-b border-line px-3.5 -outline-offset-2 max-sm:hidden"
      >
        <Logo className="size-7 shrink-0" />
        <span className="hidden text-body font-semibold tracking-tight lg:group-data-[folded=false]:inline">Yayın</span>
      </Link>
      <nav aria-label={frame.pages} className="flex min-w-0 flex-1 max-sm:justify-around sm:flex-col sm:gap-0.5 sm:p-2">
        {ROUTES.map((route) => (
          <RailLink key={route.path} route={route} current={route === current} />
        ))}
      </nav>
      <FoldButton folded={folded} />
    </div>
  )
}

function RailLink({ route, current }: { route: Route; current: boolean }) {
  const { pages } = useWords()
  const look = current ? 'bg-accent-fill text-accent-text' : 'text-ink-soft hover:bg-hover hover:text-ink'
  return (
    <Link
      href={route.path}
      title={pages[route.name]}
      aria-current={current ? 'page' : undefined}
      onPointerEnter={route.preload}
      onFocus={route.preload}
      className={`flex min-w-0 items-center gap-3 rounded-control transition-colors max-sm:m-1 max-sm:min-h-12 max-sm:flex-1 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:px-0.5 sm:h-9 sm:px-3 ${look}`}
    >
      <route.icon aria-hidden className="size-4 shrink-0 max-sm:size-5" />
      <span className="max-w-full truncate max-sm:text-small sm:hidden sm:text-body sm:font-medium lg:group-data-[folded=false]:inline">
        {pages[route.name]}
      </span>
    </Link>
  )
}

function FoldButton({ folded }: { folded: boolean }) {
  const { frame } = useWords()
  const Icon = folded ? PanelLeftOpen : PanelLeftClose
  const label = folded ? frame.unfold : frame.fold
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      onClick={() => rail.set(folded ? 'open' : 'folded')}
      className="m-2 hidden h-9 items-center rounded-control px-3 text-ink-faint transition-colors hover:bg-hover hover:text-ink lg:flex"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  )
}
