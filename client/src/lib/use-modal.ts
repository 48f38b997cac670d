import { useEffect, useRef, type KeyboardEvent, type RefObject, type SyntheticEvent } from 'react'

interface Modal {
  ref: RefObject<HTMLDialogElement | null>
  onKeyDown: (event: KeyboardEvent) => void
  onCancel: (event: SyntheticEvent) => void
  onPointerDown: (event: SyntheticEvent) => void
}

/**
 * What makes a `<dialog>` stand before the page while it is rendered: the first element with `data-first` gets the
 * focus, Escape closes it, and so does a press beside it where `onPointerDown` is used; the focus goes back to where it
 * was.
 */
export function useModal(onClose: () => void): Modal {
  const ref = useRef<HTMLDialogElement>(null)

  useEffect(() => {
    const dialog = ref.current
    if (dialog === null) return
    const before = document.activeElement
    dialog.showModal()
    dialog.querySelector<HTMLElement>('[data-first]')?.focus()
    return () => {
      dialog.close()
      // What opened it may be gone, such as the button of a list that is empty no more.
      const back = before?.isConnected ? before : document.querySelector('main')
      if (back instanceof HTMLElement) back.focus({ preventScroll: true })
    }
  }, [])

  return {
    ref,
    onKeyDown(event) {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      onClose()
    },
    onCancel(event) {
      // By another way than the key, such as Android's back gesture.
      event.preventDefault()
      onClose()
    },
    onPointerDown(event) {
      // The veil belongs to the dialog; what is inside it does not start here.
      if (event.target === ref.current) onClose()
    },
  }
}
