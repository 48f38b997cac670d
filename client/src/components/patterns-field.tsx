import type { PatternFaults } from '../lib/pattern-lines.ts'
import { Field } from './field.tsx'

interface PatternsFieldProps {
  words: {
    channels: string
    channelsHelp: string
    /** Said while patterns would limit nothing. */
    channelsUnused: string
    badChannel: (pattern: string) => string
    tooMany: string
  }
  /** One pattern a line. */
  value: string
  isUsed: boolean
  faults: PatternFaults | null
  onChange: (value: string) => void
}

/** The channels that something is limited to, a pattern a line. */
export function PatternsField({ words, value, isUsed, faults, onChange }: PatternsFieldProps) {
  return (
    <Field
      label={words.channels}
      help={isUsed ? words.channelsHelp : words.channelsUnused}
      fault={
        faults?.channel === undefined ? faults?.tooManyChannels && words.tooMany : words.badChannel(faults.channel)
      }
    >
      {({ control }) => (
        <textarea
          {...control}
          className={`${control.className} resize-y py-2 font-mono text-row disabled:bg-sunken disabled:text-ink-faint`}
          rows={2}
          disabled={!isUsed}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          autoCapitalize="none"
          spellCheck={false}
        />
      )}
    </Field>
  )
}
