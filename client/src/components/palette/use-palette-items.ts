import { History } from 'lucide-react'
import { useState } from 'react'
import { useWords } from '../../lib/language.ts'
import { navigate } from '../../lib/router.ts'
import { ROUTES } from '../../lib/routes.ts'
import { useIsAdmin, useUser } from '../../lib/user.ts'
import { useValue } from '../../lib/value.ts'
import { WORDS } from '../../lib/words.ts'
import type { PaletteItem } from './palette-item.ts'
import { rankItems } from './rank-items.ts'
import { readCommand } from './read-command.ts'
import { createRecent, type RecentPlace } from './recent.ts'
import { PAGE_LETTERS } from './shortcut.ts'
import { useActions } from './use-actions.ts'
import { useFound, type SearchState } from './use-found.ts'
import { useThings } from './use-things.ts'
import { paletteWords } from './words.ts'

const VERBS = Object.values(paletteWords).map(({ actions }) => actions.disconnectVerb)

/** What the palette shows for what is typed: at first recent places, pages and actions, then all that matches. */
export function usePaletteItems(typed: string): { items: PaletteItem[]; state: SearchState } {
  const { id } = useUser()
  const [recent] = useState(() => createRecent(id))
  const places = useValue(recent.places)
  const command = readCommand(typed, useIsAdmin() ? VERBS : [])
  const { found, state } = useFound(command)
  const fixed = [...usePages(), ...useActions()]
  const things = useThings(found, command, recent.add)
  if (command.kind === 'disconnect') return { items: things, state }
  const before = command.text === '' ? places.map(toItem) : []
  return { items: [...before, ...rankItems(fixed, command.text), ...things], state }
}

function toItem({ label, address }: RecentPlace): PaletteItem {
  return { id: `recent:${address}`, group: 'recent', icon: History, label, run: () => navigate(address) }
}

function usePages(): PaletteItem[] {
  const { pages } = useWords()
  const letters: Record<string, string | undefined> = PAGE_LETTERS
  return ROUTES.map(({ name, path, icon }) => {
    const letter = letters[name]
    return {
      id: `page:${name}`,
      group: 'pages',
      icon,
      label: pages[name],
      keywords: `${WORDS.en.pages[name]} ${WORDS.tr.pages[name]}`,
      ...(letter !== undefined && { keys: `g ${letter}` }),
      run: () => navigate(path),
    }
  })
}
