/** The sign of the product: a Y whose ends are those that it joins. */
export function Logo({ className = 'size-7' }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <g className="fill-accent-ink stroke-accent-ink">
        <path d="M9.5 9.5 16 16.5m6.5-7L16 16.5v6.5" fill="none" strokeWidth="2.6" strokeLinecap="round" />
        <circle cx="9.5" cy="9.5" r="3" stroke="none" />
        <circle cx="22.5" cy="9.5" r="3" stroke="none" />
        <circle cx="16" cy="23.5" r="3" stroke="none" />
      </g>
    </svg>
  )
}
