interface ChoiceProps<T extends string> {
  label: string
  choices: readonly { value: T; label: string }[]
  chosen: T
  onChoose: (value: T) => void
}

/** One of two or three, all in sight. */
export function Choice<T extends string>({ label, choices, chosen, onChoose }: ChoiceProps<T>) {
  return (
    <div
      role="group"
      aria-label={label}
      className="flex w-fit gap-0.5 rounded-control border border-line bg-sunken p-0.5"
    >
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === chosen}
          onClick={() => onChoose(choice.value)}
          className="h-7 rounded-control px-3 text-row font-medium text-ink-soft transition-colors hover:text-ink aria-pressed:bg-panel aria-pressed:text-ink aria-pressed:outline aria-pressed:-outline-offset-1 aria-pressed:outline-line-strong focus-visible:outline-2 focus-visible:outline-accent-line"
        >
          {choice.label}
        </button>
      ))}
    </div>
  )
}
