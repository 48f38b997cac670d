/** Somebody whose picture is off: the first letters of their name in a circle that fits its place. */
export function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="flex aspect-square h-2/5 max-h-32 min-h-10 items-center justify-center rounded-round bg-accent-fill font-semibold text-accent-text [container-type:size]"
    >
      <span className="text-[40cqh]">{initials(name)}</span>
    </span>
  )
}

/** The first letter of the first and of the last word; a letter may be more than one code unit. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = [words[0], words.length > 1 ? words.at(-1) : undefined]
  return first
    .map((word) => Array.from(word ?? '')[0] ?? '')
    .join('')
    .toLocaleUpperCase()
}
