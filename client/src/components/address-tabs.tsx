import * as Tabs from '@radix-ui/react-tabs'
import type { ReactNode } from 'react'
import { setParams, useParam } from '../lib/router.ts'

const TAB = 'tab'

interface AddressTabsProps {
  label: string
  /** The first one is shown while the address names none. */
  tabs: readonly { value: string; label: string; content: ReactNode }[]
  /** What else leaves the address when another is chosen. */
  leaving?: Readonly<Record<string, null>>
  /** Of what a tab shows. */
  panel: { className: string; tabIndex?: number }
}

/** Tabs, of which the chosen one stands in the address. */
export function AddressTabs({ label, tabs, leaving, panel }: AddressTabsProps) {
  const wanted = useParam(TAB)
  const chosen = tabs.find(({ value }) => value === wanted) ?? tabs[0]
  return (
    <Tabs.Root value={chosen?.value ?? ''} onValueChange={(value) => setParams({ [TAB]: value, ...leaving })}>
      <Tabs.List aria-label={label} className="flex gap-1 border-b border-line">
        {tabs.map((tab) => (
          <Tabs.Trigger
            key={tab.value}
            value={tab.value}
            className="-mb-px h-9 border-b-2 border-transparent px-2.5 text-row font-medium text-ink-soft -outline-offset-2 transition-colors hover:text-ink data-[state=active]:border-accent-line data-[state=active]:text-ink"
          >
            {tab.label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map(({ value, content }) => (
        <Tabs.Content key={value} value={value} {...panel}>
          {content}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}
