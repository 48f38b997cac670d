import { wrongCursor } from '../../shared/errors.ts'

interface Paging {
  limit: number
  cursor?: string | undefined
}

/** What the ids of all lists that are cut here look like. */
const ID = /^[\w-]{16,64}$/

/**
 * Cuts one page out of a list that is sorted already. The cursor is the id of the page's last item; where that is gone
 * meanwhile, the list ends. Throws `invalid` for what can't be a cursor.
 */
export function pageOf<T extends { id: string }>(
  items: readonly T[],
  { limit, cursor }: Paging,
): { page: T[]; nextCursor: string | null } {
  if (cursor !== undefined && !ID.test(cursor)) throw wrongCursor(cursor)
  const from = cursor === undefined ? 0 : items.findIndex(({ id }) => id === cursor) + 1
  const start = cursor !== undefined && from === 0 ? items.length : from
  const page = items.slice(start, start + limit)
  return { page, nextCursor: start + limit < items.length ? page.at(-1)!.id : null }
}
