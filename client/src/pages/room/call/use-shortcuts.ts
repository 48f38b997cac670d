import { useEffect, useEffectEvent } from 'react'

/** What each key does, by its letter. */
export type Shortcuts = Readonly<Record<string, () => void>>

/** Does what a key stands for, wherever the focus is but in a field, a dialog or with a modifier held. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const held = event.ctrlKey || event.metaKey || event.altKey || event.repeat
    if (held || event.defaultPrevented || isTyping(event.target)) return
    const act = shortcuts[event.key.toLowerCase()]
    if (act === undefined) return
    event.preventDefault()
    act()
  })

  useEffect(() => {
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable], dialog') !== null
}
