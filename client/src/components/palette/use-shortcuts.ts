import { useEffect } from 'react'
import { navigate } from '../../lib/router.ts'
import { ROUTES } from '../../lib/routes.ts'
import { overlay, singleKeys } from './overlay.ts'
import { readShortcut, type Shortcut } from './shortcut.ts'

/** How long the letter of a page is waited for after `g`. */
const LETTER_WITHIN_MS = 1500

/** Listens to the frame's keys for as long as the frame is there. */
export function useShortcuts(): void {
  useEffect(() => {
    let pressedGAt = -Infinity

    function onKeyDown(event: KeyboardEvent) {
      if (event.defaultPrevented || event.isComposing) return
      const shortcut = readShortcut({
        key: event.key,
        ctrlOrMeta: event.ctrlKey || event.metaKey,
        alt: event.altKey,
        isTaken: isTaken(event.target),
        isAfterG: event.timeStamp - pressedGAt < LETTER_WITHIN_MS,
        singleKeys: singleKeys.current === 'on',
      })
      pressedGAt = shortcut?.kind === 'await-page' ? event.timeStamp : -Infinity
      if (shortcut === null) return
      event.preventDefault()
      follow(shortcut)
    }

    // Before the page's own keys: the letter after `g` is no row's.
    addEventListener('keydown', onKeyDown, { capture: true })
    return () => removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}

function follow(shortcut: Shortcut): void {
  if (shortcut.kind === 'palette') overlay.set(overlay.current?.kind === 'palette' ? null : { kind: 'palette' })
  if (shortcut.kind === 'help') overlay.set({ kind: 'shortcuts' })
  if (shortcut.kind === 'page') {
    const route = ROUTES.find(({ name }) => name === shortcut.name)
    if (route) navigate(route.path)
  }
}

/** Tells whether a key goes into a field, or to a dialog that stands before the page. */
function isTaken(target: EventTarget | null): boolean {
  if (document.querySelector('dialog:modal, [role="dialog"][aria-modal="true"]') !== null) return true
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input, textarea, select, [role="menu"] *')
}
