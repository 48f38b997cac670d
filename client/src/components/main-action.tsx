import { createContext, use, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

/** The place in the top line for a page's one main action; null until it is there. */
export const MainActionSlot = createContext<HTMLElement | null>(null)

/** Puts a page's main action into the top line. */
export function MainAction({ children }: { children: ReactNode }) {
  const slot = use(MainActionSlot)
  return slot && createPortal(children, slot)
}
