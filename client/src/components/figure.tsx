import type { ReactNode } from 'react'

interface FigureProps {
  name: string
  value: string
  unit?: string
  /** Shown on hover: the number in full. */
  exact?: string
  /** A second, smaller figure below. */
  note: string
  /** The node that it is of, where several are shown. */
  of?: string
  /** The figure is from before the stream was cut. */
  stale: boolean
  /** A small line of its past. */
  children?: ReactNode
}

export function Figure({ name, value, unit, exact, note, of, stale, children }: FigureProps) {
  return (
    <div className="flex min-w-0 flex-col gap-1 bg-panel px-4 py-3 max-sm:py-2.5" data-figure={name}>
      <dt className="truncate text-row text-ink-soft" title={name}>
        {name}
      </dt>
      <dd className={`flex min-w-0 flex-col gap-1 transition-opacity ${stale ? 'opacity-45 grayscale' : ''}`}>
        <span className="truncate text-figure font-semibold tracking-tight tabular-nums" title={exact}>
          {value}
          {unit !== undefined && (
            <span className="ml-1 text-row font-normal tracking-normal text-ink-faint">{unit}</span>
          )}
        </span>
        <span className="flex flex-col gap-1 max-sm:flex-row max-sm:items-end max-sm:justify-between max-sm:gap-2">
          <span
            className="truncate text-small text-ink-faint tabular-nums max-sm:shrink"
            title={of === undefined ? note : `${note} · ${of}`}
          >
            {note}
            {of !== undefined && <span className="max-sm:hidden"> · {of}</span>}
          </span>
          {children}
        </span>
        {of !== undefined && (
          <span className="truncate text-small text-ink-faint sm:hidden" title={of}>
            {of}
          </span>
        )}
      </dd>
    </div>
  )
}

/** Holds a figure's place until it is known. */
export function FigureSkeleton({ name }: { name: string }) {
  return (
    <div className="flex flex-col gap-1 bg-panel px-4 py-3">
      <dt className="truncate text-row text-ink-soft">{name}</dt>
      <dd aria-hidden className="flex animate-shimmer flex-col gap-1">
        <span className="my-1 block h-5.5 w-16 rounded-control bg-line" />
        <span className="my-0.5 block h-3 w-20 rounded-control bg-line" />
        <span className="block h-6" />
      </dd>
    </div>
  )
}
