/** A figure parted from its unit, so that the unit can be set smaller. */
export interface Quantity {
  value: string
  unit: string
  /** The whole number, for the reader who wants it. */
  exact: string
}

/** Shortens a count: 12.4k, 3.2M. */
export function formatCount(count: number, locale: string): string {
  const digits = count < 10 && !Number.isInteger(count) ? 1 : 0
  if (count < 10_000) return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(count)
  const [divisor, suffix] = count < 1e6 ? [1e3, 'k'] : count < 1e9 ? [1e6, 'M'] : [1e9, 'G']
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(count / divisor) + suffix
}

export function formatExact(count: number, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(count)
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

export function formatBytes(bytes: number, locale: string): Quantity {
  const power = Math.min(BYTE_UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const value = bytes / 1024 ** power
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: value < 10 ? 1 : 0 })
  return { value: format.format(value), unit: BYTE_UNITS[power]!, exact: `${formatExact(bytes, locale)} B` }
}

/** Milliseconds as they are read best: 0.08 ms, 4.2 ms, 1.3 s. */
export function formatMillis(ms: number, locale: string): Quantity {
  const [value, unit] = ms < 1000 ? [ms, 'ms'] : [ms / 1000, 's']
  const digits = value < 1 ? 2 : value < 100 ? 1 : 0
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: digits })
  return { value: format.format(value), unit, exact: `${new Intl.NumberFormat(locale).format(ms)} ms` }
}

interface DurationUnits {
  day: string
  hour: string
  minute: string
  second: string
}

/** A span in its two largest units: 3 d 4 h, 12 min 5 s. */
export function formatDuration(seconds: number, units: DurationUnits): string {
  const whole = Math.max(0, Math.floor(seconds))
  const parts: [number, string][] = [
    [Math.floor(whole / 86_400), units.day],
    [Math.floor(whole / 3600) % 24, units.hour],
    [Math.floor(whole / 60) % 60, units.minute],
    [whole % 60, units.second],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2)
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ')
}

/** Time of day to the millisecond in the reader's zone. */
export function formatTime(isoTime: string): string {
  const time = new Date(isoTime)
  return Number.isNaN(time.getTime()) ? isoTime : `${clock(time)}.${String(time.getMilliseconds()).padStart(3, '0')}`
}

export function clock(time: Date): string {
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map((n) => String(n).padStart(2, '0')).join(':')
}

/** Date and time in full, with the zone. */
export function formatMoment(isoTime: string, locale: string): string {
  const time = new Date(isoTime)
  if (Number.isNaN(time.getTime())) return isoTime
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'long' }).format(time)
}
