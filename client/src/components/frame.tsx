import { useEffect, useRef, useState, type ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { usePath } from '../lib/router.ts'
import { routeOf } from '../lib/routes.ts'
import { useMedia } from '../lib/use-media.ts'
import { MainActionSlot } from './main-action.tsx'
import { PhoneBar } from './phone-bar.tsx'
import { Rail } from './rail.tsx'
import { Toast } from './toast.tsx'
import { TopLine } from './top-line.tsx'

const CONTENT_ID = 'content'

/** What stands around every page: the rail, the top line, and the place for the page itself. */
export function Frame({ children }: { children: ReactNode }) {
  const { pages, frame } = useWords()
  const [slot, setSlot] = useState<HTMLElement | null>(null)
  const path = usePath()
  const isWide = useMedia('(min-width: 40rem)')
  const title = pages[routeOf(path)?.name ?? 'unknown']
  const titleRef = useTitle(title, path)
  return (
    <div className="flex h-dvh flex-col sm:flex-row">
      <a
        href={`#${CONTENT_ID}`}
        className="sr-only z-40 rounded-control bg-accent px-3 py-2 text-accent-ink focus:not-sr-only focus:absolute focus:top-2 focus:left-2"
      >
        {frame.skip}
      </a>
      {isWide ? <Rail /> : <PhoneBar />}
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <TopLine title={title} titleRef={titleRef} slotRef={setSlot} />
        {/* A panel fills this box from the right, so that it never hides the connection's state. */}
        <div className="relative min-h-0 flex-1 overflow-hidden">
          <main id={CONTENT_ID} tabIndex={-1} className="h-full overflow-y-auto focus:outline-none">
            <MainActionSlot value={slot}>{children}</MainActionSlot>
          </main>
          <Toast />
        </div>
      </div>
    </div>
  )
}

/** Names the tab after the page, and tells those who cannot see it where a link has led. */
function useTitle(title: string, path: string) {
  const ref = useRef<HTMLHeadingElement>(null)
  const arrivedAt = useRef(path)

  useEffect(() => {
    document.title = `${title} · Yayın`
    return () => void (document.title = 'Yayın')
  }, [title])

  useEffect(() => {
    if (arrivedAt.current === path) return
    arrivedAt.current = path
    ref.current?.focus({ preventScroll: true })
  }, [path])

  return ref
}
