const UNITS = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const

/** A moment as seen from now: 3 hours ago, in 2 days; within a minute: now. What lies behind is over in full units. */
export function formatRelative(at: number, now: number, locale: string): string {
  const seconds = (at - now) / 1000
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  if (unit === 'second') return format.format(0, 'second')
  const count = seconds / size
  return format.format(count < 0 ? Math.ceil(count) : Math.round(count), unit)
}
