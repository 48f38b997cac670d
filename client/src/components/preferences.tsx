import { Monitor, Moon, Sun } from 'lucide-react'
import { language, useWords } from '../lib/language.ts'
import { THEMES, theme, type Theme } from '../lib/theme.ts'
import { useValue } from '../lib/value.ts'
import { LANGUAGES } from '../lib/words.ts'
import { IconButton } from './button.tsx'

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const

/** Theme and language, each one press to the next choice. */
export function Preferences() {
  return (
    <>
      <ThemeButton />
      <LanguageButton />
    </>
  )
}

function ThemeButton() {
  const { preferences } = useWords()
  const chosen = useValue(theme)
  const labels: Record<Theme, string> = {
    system: preferences.themeSystem,
    light: preferences.themeLight,
    dark: preferences.themeDark,
  }
  const Icon = ICONS[chosen]
  return (
    <IconButton label={labels[chosen]} onClick={() => theme.set(following(THEMES, chosen))}>
      <Icon aria-hidden className="size-4" />
    </IconButton>
  )
}

/** Goes on to the next language. */
export function LanguageButton() {
  const { preferences } = useWords()
  const chosen = useValue(language)
  return (
    <IconButton
      label={`${preferences.language}: ${chosen.toUpperCase()}`}
      onClick={() => language.set(following(LANGUAGES, chosen))}
    >
      <span aria-hidden className="text-small font-semibold uppercase">
        {chosen}
      </span>
    </IconButton>
  )
}

/** The choice after `chosen`, and the first after the last. */
function following<T>(choices: readonly T[], chosen: T): T {
  return choices[(choices.indexOf(chosen) + 1) % choices.length] ?? chosen
}
