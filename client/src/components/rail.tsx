import { PanelLeftClose, PanelLeftOpen } from 'lucide-react'
import { useWords } from '../lib/language.ts'
import { createPreference } from '../lib/preference.ts'
import { usePath } from '../lib/router.ts'
import { groupsOf, routeOf, ROUTES, type Route, type RouteGroup } from '../lib/routes.ts'
import { useValue } from '../lib/value.ts'
import { Link } from './link.tsx'
import { Logo } from './logo.tsx'

/** The reader's choice on wide screens; narrower ones have room for icons alone. */
const rail = createPreference<'open' | 'folded'>('rail', ['open', 'folded'], 'open')

/** The pages at the left, with words or folded to icons. */
export function Rail() {
  const { frame } = useWords()
  const folded = useValue(rail) === 'folded'
  const current = routeOf(usePath())
  return (
    <nav
      aria-label={frame.pages}
      className={`group flex w-14 shrink-0 flex-col border-r border-line bg-panel ${folded ? '' : 'lg:w-55'}`}
      data-folded={folded}
    >
      <Link
        href="/"
        aria-label="Yayın"
        className="flex h-14 shrink-0 items-center gap-2.5 border-b border-line px-3.5 -outline-offset-2"
      >
        <Logo className="size-7 shrink-0" />
        <span className="hidden text-body font-semibold tracking-tight lg:group-data-[folded=false]:inline">Yayın</span>
      </Link>
      <div className="flex min-h-0 flex-1 flex-col overflow-x-hidden overflow-y-auto p-2">
        {groupsOf(ROUTES).map(({ group, routes }) => (
          <div key={group ?? ''} className="flex flex-col gap-0.5">
            {group !== null && <GroupHead group={group} />}
            {routes.map((route) => (
              <RailLink key={route.path} route={route} current={route === current} />
            ))}
          </div>
        ))}
      </div>
      <FoldButton folded={folded} />
    </nav>
  )
}

/** Its word where there is room, else a line. */
function GroupHead({ group }: { group: RouteGroup }) {
  const { frame } = useWords()
  return (
    <>
      <hr className="mx-2 my-2 border-line lg:group-data-[folded=false]:hidden" />
      <p className="hidden truncate px-3 pt-4 pb-1 text-small font-medium text-ink-faint lg:group-data-[folded=false]:block">
        {frame.groups[group]}
      </p>
    </>
  )
}

function RailLink({ route, current }: { route: Route; current: boolean }) {
  const { pages } = useWords()
  const look = current ? 'bg-accent-fill text-accent-text' : 'text-ink-soft hover:bg-hover hover:text-ink'
  return (
    <Link
      href={route.path}
      title={pages[route.name]}
      aria-label={pages[route.name]}
      aria-current={current ? 'page' : undefined}
      onPointerEnter={route.preload}
      onFocus={route.preload}
      className={`flex h-8 min-w-0 shrink-0 items-center gap-3 rounded-control px-3 -outline-offset-2 transition-colors ${look}`}
    >
      <route.icon aria-hidden className="size-4 shrink-0" />
      <span className="hidden max-w-full truncate text-body font-medium lg:group-data-[folded=false]:inline">
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
      className="m-2 hidden h-9 shrink-0 items-center rounded-control px-3 text-ink-faint transition-colors hover:bg-hover hover:text-ink lg:flex"
    >
      <Icon aria-hidden className="size-4" />
    </button>
  )
}
