import { Search } from 'lucide-react'
import { Component, lazy, Suspense, type ReactNode } from 'react'
import { usePageWords } from '../../lib/language.ts'
import { tellFailed } from '../../lib/toast.ts'
import { useValue } from '../../lib/value.ts'
import { overlay } from './overlay.ts'
import { useShortcuts } from './use-shortcuts.ts'
import { paletteWords } from './words.ts'

const loadPalette = () => import('./palette-dialog.tsx')
const PaletteDialog = lazy(() => loadPalette().then((module) => ({ default: module.PaletteDialog })))
const ShortcutsDialog = lazy(() =>
  import('./shortcuts-dialog.tsx').then((module) => ({ default: module.ShortcutsDialog })),
)
const DisconnectDialog = lazy(() =>
  import('./disconnect-dialog.tsx').then((module) => ({ default: module.DisconnectDialog })),
)

const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** The button that opens the palette, the frame's keys, and what they put before the page. */
export function PaletteSlot() {
  const words = usePageWords(paletteWords)
  useShortcuts()
  const preload = () => void loadPalette().catch(() => {})
  return (
    <>
      <button
        type="button"
        aria-keyshortcuts="Control+K Meta+K"
        title={words.title}
        onClick={() => overlay.set({ kind: 'palette' })}
        onPointerEnter={preload}
        onFocus={preload}
        className="flex h-8 shrink-0 items-center gap-2 rounded-control text-row text-ink-soft transition-colors hover:bg-hover hover:text-ink max-md:w-8 max-md:justify-center md:border md:border-line md:bg-sunken md:pr-1.5 md:pl-2.5"
      >
        <Search aria-hidden className="size-4 shrink-0" />
        <span className="max-md:sr-only lg:min-w-24 lg:text-left">{words.search}</span>
        <kbd
          aria-hidden
          className="hidden rounded-control border border-line bg-panel px-1 font-sans text-small text-ink-faint md:inline"
        >
          {isMac ? '⌘ K' : 'Ctrl K'}
        </kbd>
      </button>
      <SlotBoundary failed={words.missing}>
        <Suspense>
          <Shown />
        </Suspense>
      </SlotBoundary>
    </>
  )
}

function Shown() {
  const shown = useValue(overlay)
  const close = () => overlay.set(null)
  if (shown === null) return null
  if (shown.kind === 'palette') return <PaletteDialog onClose={close} />
  if (shown.kind === 'shortcuts') return <ShortcutsDialog onClose={close} />
  return <DisconnectDialog connection={shown} onClose={close} />
}

/** Code that does not come, since the server is away or another release, must not take the page along. */
class SlotBoundary extends Component<{ failed: string; children: ReactNode }, { hasFailed: boolean }> {
  override state = { hasFailed: false }

  static getDerivedStateFromError() {
    return { hasFailed: true }
  }

  override componentDidCatch() {
    overlay.set(null)
    tellFailed(this.props.failed)
    this.setState({ hasFailed: false })
  }

  override render() {
    return this.state.hasFailed ? null : this.props.children
  }
}
