import { useEffect, useState, type RefObject } from 'react'

/** Scrolled this little still counts as the top. */
const SLACK_PX = 8

/** Tells whether the page that `ref` lies in is scrolled to its top. */
export function useAtTop(ref: RefObject<HTMLElement | null>): boolean {
  const [atTop, setAtTop] = useState(true)
  useEffect(() => {
    const box = ref.current?.closest('main')
    if (!box) return
    const look = () => setAtTop(box.scrollTop <= SLACK_PX)
    box.addEventListener('scroll', look, { passive: true })
    return () => box.removeEventListener('scroll', look)
  }, [ref])
  return atTop
}
