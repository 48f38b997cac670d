import type { Ref } from 'react'
import { AccountMenu } from './account-menu.tsx'
import { ConnectionState } from './connection-state.tsx'
import { DegradedLink } from './degraded-link.tsx'
import { PaletteSlot } from './palette/palette-slot.tsx'
import { Preferences } from './preferences.tsx'

interface TopLineProps {
  title: string
  titleRef: Ref<HTMLHeadingElement>
  /** Hears of the place for the page's main action. */
  slotRef: (slot: HTMLElement | null) => void
}

/** The page's title and main action, how the stream stands, and what is the reader's own. */
export function TopLine({ title, titleRef, slotRef }: TopLineProps) {
  return (
    <header className="group/top relative z-20 flex min-h-14 flex-wrap items-center gap-x-2 gap-y-2 sm:gap-x-3 border-b border-line bg-panel px-4 py-2 sm:px-6">
      <h1
        ref={titleRef}
        tabIndex={-1}
        className="mr-auto min-w-0 truncate text-body font-semibold tracking-tight focus:outline-none"
      >
        {title}
      </h1>
      <div ref={slotRef} data-main-action className="flex shrink-0 empty:hidden" />
      <DegradedLink />
      <div className="flex min-w-0 max-sm:has-[button]:order-last max-sm:has-[button]:w-full">
        <ConnectionState />
      </div>
      <PaletteSlot />
      <div className="flex items-center gap-0.5 sm:border-l sm:border-line sm:pl-2">
        <span className="contents max-sm:hidden">
          <Preferences />
        </span>
        <AccountMenu />
      </div>
    </header>
  )
}
