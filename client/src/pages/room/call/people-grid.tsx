import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useRef, useState } from 'react'
import { usePageWords } from '../../../lib/language.ts'
import { RoundButton } from '../round-button.tsx'
import { roomWords } from '../words.ts'
import { GAP_PX, layGrid } from './grid.ts'
import { Tile, type TilePerson } from './tile.tsx'
import { useSize } from './use-size.ts'

interface PeopleGridProps {
  people: readonly TilePerson[]
  onDetails: (id: string) => void
}

/** Everybody in tiles of one size, as large as the place allows; on several pages when they are many. */
export function PeopleGrid({ people, onDetails }: PeopleGridProps) {
  const { call } = usePageWords(roomWords)
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const [wantedPage, setPage] = useState(0)
  const grid = layGrid(people.length, size?.width ?? 0, size?.height ?? 0)
  const page = Math.min(wantedPage, grid.pages - 1)
  const first = page * grid.perPage
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-2">
      <div ref={box} className="flex min-h-0 min-w-0 flex-1 items-center justify-center overflow-hidden">
        {size && (
          <ul
            aria-label={call.tiles}
            className="flex flex-wrap content-center justify-center gap-2"
            style={{ maxWidth: grid.columns * (grid.tileWidth + GAP_PX) - GAP_PX }}
          >
            {people.slice(first, first + grid.perPage).map((person) => (
              <li key={person.id} style={{ width: grid.tileWidth, height: grid.tileHeight }}>
                <Tile person={person} onDetails={() => onDetails(person.id)} />
              </li>
            ))}
          </ul>
        )}
      </div>
      {grid.pages > 1 && <Pages page={page} pages={grid.pages} onPage={setPage} />}
    </div>
  )
}

interface PagesProps {
  page: number
  pages: number
  onPage: (page: number) => void
}

function Pages({ page, pages, onPage }: PagesProps) {
  const { call } = usePageWords(roomWords)
  return (
    <div className="flex items-center justify-center gap-3">
      <RoundButton label={call.previousPage} look="ghost" disabled={page === 0} onClick={() => onPage(page - 1)}>
        <ChevronLeft aria-hidden className="size-5" />
      </RoundButton>
      <span aria-live="polite" className="text-row text-ink-soft tabular-nums">
        {call.page(page + 1, pages)}
      </span>
      <RoundButton label={call.nextPage} look="ghost" disabled={page === pages - 1} onClick={() => onPage(page + 1)}>
        <ChevronRight aria-hidden className="size-5" />
      </RoundButton>
    </div>
  )
}
