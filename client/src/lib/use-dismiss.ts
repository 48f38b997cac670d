import { useEffect, useEffectEvent, type RefObject } from 'react'

/** Calls `dismiss` on Escape and when something outside `box` is pressed or focused, while `active`. */
export function useDismiss(box: RefObject<HTMLElement | null>, active: boolean, dismiss: () => void): void {
  const onDismiss = useEffectEvent(dismiss)

  useEffect(() => {
    if (!active) return
    const { signal, abort } = abortable()
    const leave = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onDismiss()
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onDismiss()
    }
    document.addEventListener('pointerdown', leave, { signal })
    document.addEventListener('focusin', leave, { signal })
    document.addEventListener('keydown', onKey, { signal })
    return abort
  }, [box, active])
}

function abortable() {
  const controller = new AbortController()
  return { signal: controller.signal, abort: () => controller.abort() }
}
