import type { LucideIcon } from 'lucide-react'

/** The kinds of what the palette finds, in the order in which they are shown. */
export const ITEM_GROUPS = ['recent', 'pages', 'actions', 'channels', 'connections', 'users', 'rooms'] as const
export type ItemGroup = (typeof ITEM_GROUPS)[number]

/** One thing to go to or to do. */
export interface PaletteItem {
  /** Told apart by it within the whole palette. */
  id: string
  group: ItemGroup
  icon: LucideIcon
  label: string
  /** A second, fainter text: whose connection, which state. */
  detail?: string
  keywords?: string
  /** Keys that do the same, such as `g o`. */
  keys?: string
  /** Does it; an item that goes on asking puts `query` into the field instead. */
  run: () => void
  query?: string
}

/** Items of the groups that have any, in the groups' order. */
export function groupItems(items: readonly PaletteItem[]): { group: ItemGroup; items: PaletteItem[] }[] {
  return ITEM_GROUPS.map((group) => ({ group, items: items.filter((item) => item.group === group) })).filter(
    ({ items }) => items.length > 0,
  )
}
