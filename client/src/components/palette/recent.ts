import { createValue, type Value } from '../../lib/value.ts'
import { ITEM_GROUPS, type ItemGroup } from './palette-item.ts'

/** A place that the reader went to by the palette. */
export interface RecentPlace {
  label: string
  address: string
  group: ItemGroup
}

const MAX_PLACES = 5

/** Where one reader went of late, the latest first; kept in this browser under their own id. */
export function createRecent(userId: string): { places: Value<readonly RecentPlace[]>; add(place: RecentPlace): void } {
  const key = `yayin:recent:${userId}`
  const places = createValue<readonly RecentPlace[]>(read(key))
  return {
    places,
    add(place) {
      const others = places.current.filter(({ address }) => address !== place.address)
      places.set([place, ...others].slice(0, MAX_PLACES))
      write(key, places.current)
    },
  }
}

function read(key: string): RecentPlace[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isPlace).slice(0, MAX_PLACES) : []
  } catch {
    return []
  }
}

function write(key: string, places: readonly RecentPlace[]): void {
  try {
    localStorage.setItem(key, JSON.stringify(places))
  } catch {
    // Storage is blocked or full: they hold for this page.
  }
}

function isPlace(value: unknown): value is RecentPlace {
  if (typeof value !== 'object' || value === null) return false
  const { label, address, group } = value as Record<string, unknown>
  const isOwn = typeof address === 'string' && /^\/(?!\/)/.test(address)
  return isOwn && typeof label === 'string' && ITEM_GROUPS.some((known) => known === group)
}
