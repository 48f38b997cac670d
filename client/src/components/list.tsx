import type { UseQueryResult } from '@tanstack/react-query'
import { Lock, SearchX } from 'lucide-react'
import type { ComponentType, ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { RequestError } from '../lib/problem.ts'
import { setParams } from '../lib/router.ts'
import { useListView, type Filter } from '../lib/use-list-view.ts'
import { Blank } from './blank.tsx'
import { Button } from './button.tsx'
import { ListHead } from './list-head.tsx'
import { Notice } from './notice.tsx'
import { RowSkeletons } from './row-skeletons.tsx'
import { Table, type Column } from './table.tsx'

export interface ListProps<Row> {
  /** What is listed, read aloud. */
  label: string
  query: UseQueryResult<Row[]>
  columns: readonly Column<Row>[]
  rowKey: (row: Row) => string
  /** What the search looks through. */
  textOf: (row: Row) => string
  filter?: Filter<Row> | undefined
  /** Column to sort by at first, `-` before it from the largest down. */
  firstOrder: string
  /** Buttons of a row; absent for those who may not press them. */
  RowActions?: ComponentType<{ row: Row }> | undefined
  /** Shown when there is nothing to list. */
  empty: ReactNode
}

/** One list: found, filtered and sorted by what the address says, and every state it can be in. */
export function List<Row>(props: ListProps<Row>) {
  const { label, query, columns, rowKey, RowActions, empty } = props
  const view = useListView({ ...props, rows: query.data ?? [] })
  if (query.data === undefined && query.isError) return <Failed query={query} />
  return (
    <section aria-label={label} className="flex flex-col gap-3">
      {query.isError && <Stale query={query} />}
      {/* Clipped, not scrolled: the head stays in sight while the page scrolls. */}
      <div className="@container overflow-clip rounded-card border border-line bg-panel">
        {query.data?.length !== 0 && <ListHead view={view} known={query.data !== undefined} />}
        {query.data === undefined && <RowSkeletons />}
        {query.data?.length === 0 && empty}
        {query.data !== undefined && query.data.length > 0 && view.matching === 0 && <NoMatch onShowAll={view.clear} />}
        {view.shown.length > 0 && (
          <Table
            label={label}
            rows={view.shown}
            columns={columns}
            rowKey={rowKey}
            RowActions={RowActions}
            sorting={{ order: view.order, onOrder: (order) => setParams({ sort: order }) }}
          />
        )}
        {view.more !== null && <More count={view.more.count} onMore={view.more.show} />}
      </div>
    </section>
  )
}

function Failed({ query }: { query: UseQueryResult }) {
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

function Stale({ query }: { query: UseQueryResult }) {
  const { list, actions } = useWords()
  return (
    <Notice meaning="warn" action={<Again query={query} label={actions.retry} />}>
      {list.stale}
    </Notice>
  )
}

function Again({ query, label }: { query: UseQueryResult; label: string }) {
  return (
    <Button size="small" disabled={query.isFetching} onClick={() => void query.refetch()}>
      {label}
    </Button>
  )
}

function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  const { list } = useWords()
  return (
    <Blank icon={<SearchX aria-hidden className="size-5" />} title={list.noMatch} lead={list.noMatchLead}>
      <Button size="small" onClick={onShowAll}>
        {list.showAll}
      </Button>
    </Blank>
  )
}

function More({ count, onMore }: { count: string; onMore: () => void }) {
  const { list } = useWords()
  return (
    <div className="flex justify-center p-3">
      <Button size="small" onClick={onMore}>
        {list.more(count)}
      </Button>
    </div>
  )
}

function isForbidden(error: unknown): boolean {
  return error instanceof RequestError && error.problem?.status === 403
}
