import { useId, type ReactNode } from 'react'
import { usePageWords, useWords } from '../../lib/language.ts'
import { ROUTES } from '../../lib/routes.ts'
import { useValue } from '../../lib/value.ts'
import { Dialog } from '../dialog.tsx'
import { KeyCap } from './key-cap.tsx'
import { singleKeys } from './overlay.ts'
import { PAGE_LETTERS } from './shortcut.ts'
import { paletteWords } from './words.ts'

/** Every key that the dashboard knows, and the switch for those without Ctrl. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { pages } = useWords()
  const { shortcuts: words } = usePageWords(paletteWords)
  const letters: Record<string, string | undefined> = PAGE_LETTERS
  return (
    <Dialog title={words.title} onClose={onClose}>
      <div className="flex flex-col gap-5 text-row">
        <SingleKeys />
        <Group title={words.everywhere}>
          <Keys does={words.palette} keys={['Ctrl', 'K']} />
          <Keys does={words.help} keys={['?']} />
          <Keys does={words.close} keys={['Esc']} />
          <Keys does={words.skip} keys={['Tab', 'Enter']} />
        </Group>
        <Group title={words.tables}>
          <Keys does={words.rows} keys={['j', 'k']} />
          <Keys does={words.open} keys={['Enter']} />
          <Keys does={words.destroy} keys={['x']} />
        </Group>
        <Group title={words.pages}>
          {ROUTES.map(({ name }) => {
            const letter = letters[name]
            return letter === undefined ? null : <Keys key={name} does={pages[name]} keys={['g', letter]} />
          })}
        </Group>
      </div>
    </Dialog>
  )
}

function SingleKeys() {
  const { shortcuts: words } = usePageWords(paletteWords)
  const on = useValue(singleKeys) === 'on'
  const id = useId()
  const helpId = useId()
  return (
    <div className="flex items-start gap-3 rounded-card border border-line bg-sunken p-3">
      <input
        id={id}
        type="checkbox"
        aria-describedby={helpId}
        data-first
        checked={on}
        onChange={(event) => singleKeys.set(event.target.checked ? 'on' : 'off')}
        className="mt-0.5 size-4 shrink-0 accent-accent"
      />
      <div className="flex flex-col gap-0.5">
        <label htmlFor={id} className="cursor-pointer font-medium">
          {words.singleKeys}
        </label>
        <p id={helpId} className="text-small text-ink-soft">
          {words.singleKeysHelp}
        </p>
      </div>
    </div>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1">
      <h3 className="text-small font-medium text-ink-faint">{title}</h3>
      <dl className="flex flex-col">{children}</dl>
    </section>
  )
}

function Keys({ does, keys }: { does: string; keys: string[] }) {
  return (
    <div className="flex min-h-8 items-center justify-between gap-4 border-b border-line py-1 last:border-b-0">
      <dt>{does}</dt>
      <dd className="flex shrink-0 gap-1">
        {keys.map((key) => (
          <KeyCap key={key}>{key}</KeyCap>
        ))}
      </dd>
    </div>
  )
}
