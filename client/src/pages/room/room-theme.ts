import { useEffect } from 'react'
import { createPreference } from '../../lib/preference.ts'
import { theme } from '../../lib/theme.ts'
import { useValue } from '../../lib/value.ts'

/** The rooms' own theme, dark unless chosen; `theme.js` applies it before the first paint. */
export const roomTheme = createPreference('room-theme', ['dark', 'light'], 'dark')

/** Keeps the page in the rooms' theme while a room is shown, and gives it back its own afterwards. */
export function useRoomTheme(): void {
  const chosen = useValue(roomTheme)
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.theme = chosen
    return () => {
      if (theme.current === 'system') delete dataset.theme
      else dataset.theme = theme.current
    }
  }, [chosen])
}
