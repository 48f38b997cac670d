import { createPreference } from './preference.ts'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** The chosen theme; `theme.js` applies it before the first paint. */
export const theme = createPreference<Theme>('theme', THEMES, 'system')

theme.subscribe(() => {
  const { dataset } = document.documentElement
  if (theme.current === 'system') delete dataset.theme
  else dataset.theme = theme.current
})
