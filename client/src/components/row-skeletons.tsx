const WIDTHS = ['w-2/3', 'w-1/2', 'w-3/4', 'w-1/3', 'w-3/5', 'w-1/2']

/** Holds the place of rows until it is known whether there are any. */
export function RowSkeletons() {
  return (
    <div aria-hidden className="flex animate-shimmer flex-col" data-testid="skeleton">
      {WIDTHS.map((width, i) => (
        <span key={i} className="flex h-9 items-center border-b border-line px-4">
          <span className={`h-3 rounded-control bg-line ${width}`} />
        </span>
      ))}
    </div>
  )
}
