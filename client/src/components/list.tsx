import type { UseQueryResult } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import { useMemo, type ComponentType, type ReactNode } from 'react'
import { formatExact } from '../lib/format.ts'
import { useLocale, useWords } from '../lib/language.ts'
import { RequestError } from '../lib/problem.ts'
import { setParams } from '../lib/router.ts'
import type { Picking } from '../lib/use-data-table.ts'
import { useListView, type Filter, type TextFilter } from '../lib/use-list-view.ts'
import { Blank } from './blank.tsx'
import { Button } from './button.tsx'
import { ListHead } from './list-head.tsx'
import { NoMatch } from './no-match.tsx'
import { Notice } from './notice.tsx'
import { PickBar } from './pick-bar.tsx'
import { RowSkeletons } from './row-skeletons.tsx'
import { Table, type Column } from './table.tsx'

/** How the rows were asked for, as far as a list shows it. */
export type ListQuery<Row> = Pick<UseQueryResult<readonly Row[]>, 'data' | 'error' | 'isError' | 'isFetching'> & {
  refetch: () => unknown
}

export interface ListProps<Row extends object> {
  /** What is listed, read aloud. */
  label: string
  query: ListQuery<Row>
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** What the search looks through. */
  textOf: (row: Row) => string
  filter?: Filter<Row> | undefined
  textFilters?: readonly TextFilter<Row>[] | undefined
  /** Column to sort by at first, `-` before it from the largest down. */
  firstOrder: string
  /** Buttons of a row; absent for those who may not press them. */
  RowActions?: ComponentType<{ row: Row }> | undefined
  /** Which rows are picked, and what is done to them at once; absent where nothing is done to many. */
  picking?: (Picking & { action: (count: string) => string; onAct: (rows: readonly Row[]) => void }) | undefined
  /** Opens a row that is clicked or entered. */
  onOpen?: ((row: Row) => void) | undefined
  /** Key of the row whose panel is open. */
  openKey?: string | null
  /** Stands in the list's head. */
  extra?: ReactNode
  /** Shown when there is nothing to list. */
  empty: ReactNode
}

const NO_ROWS: readonly never[] = []

/** One list: found, filtered and sorted by what the address says, and every state it can be in. */
export function List<Row extends object>(props: ListProps<Row>) {
  const { label, query, columns, rowKey, RowActions, picking, onOpen, openKey, extra, empty } = props
  const rows = query.data ?? NO_ROWS
  const view = useListView({ ...props, rows })
  const isKnown = query.data !== undefined
  if (!isKnown && query.isError) return <Failed query={query} />
  return (
    <section aria-label={label} className="flex flex-col gap-3">
      {query.isError && <Stale query={query} />}
      {/* Clipped, not scrolled: the head stays in sight while the page scrolls. */}
      <div className="@container overflow-clip rounded-card border border-line bg-panel">
        {query.data?.length !== 0 && (
          <ListHead view={view} known={isKnown}>
            {extra}
          </ListHead>
        )}
        {!isKnown && <RowSkeletons />}
        {query.data?.length === 0 && empty}
        {rows.length > 0 && view.shown.length === 0 && <NoMatch onShowAll={view.clear} />}
        {view.shown.length > 0 && (
          <Table
            label={label}
            rows={view.shown}
            columns={columns}
            rowKey={rowKey}
            RowActions={RowActions}
            sorting={{ order: view.order, onOrder: (order) => setParams({ sort: order }) }}
            picking={picking}
            onOpen={onOpen}
            openKey={openKey ?? null}
          />
        )}
      </div>
      {picking && <Picked rows={rows} rowKey={rowKey} picking={picking} />}
    </section>
  )
}

type PickedProps<Row extends object> = Pick<ListProps<Row>, 'rowKey'> & {
  rows: readonly Row[]
  picking: NonNullable<ListProps<Row>['picking']>
}

/** What can be done to the rows that are picked, of those that are still there. */
function Picked<Row extends object>({ rows, rowKey, picking }: PickedProps<Row>) {
  const { picked, onPick, action, onAct } = picking
  const locale = useLocale()
  const still = useMemo(() => rows.filter((row) => picked[rowKey(row)]), [rows, rowKey, picked])
  if (still.length === 0) return null
  return (
    <PickBar count={still.length} onClear={() => onPick({})}>
      <Button look="danger" size="small" onClick={() => onAct(still)}>
        {action(formatExact(still.length, locale))}
      </Button>
    </PickBar>
  )
}

function Failed({ query }: { query: ListQuery<object> }) {
  const { list, actions } = useWords()
  if (isForbidden(query.error)) {
    return <Blank icon={<Lock aria-hidden className="size-5" />} title={list.notAllowed} lead={list.notAllowedLead} />
  }
  return (
    <Notice meaning="bad" action={<Again query={query} label={actions.retry} />}>
      {list.failed}
    </Notice>
  )
}

function Stale({ query }: { query: ListQuery<object> }) {
  const { list, actions } = useWords()
  return (
    <Notice meaning="warn" action={<Again query={query} label={actions.retry} />}>
      {list.stale}
    </Notice>
  )
}

function Again({ query, label }: { query: ListQuery<object>; label: string }) {
  return (
    <Button size="small" disabled={query.isFetching} onClick={() => void query.refetch()}>
      {label}
    </Button>
  )
}

function isForbidden(error: unknown): boolean {
  return error instanceof RequestError && error.problem?.status === 403
}
