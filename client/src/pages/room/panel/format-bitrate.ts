/** Bits per second as lines are sold: 40 kbit/s, 2.1 Mbit/s. */
export function formatBitrate(bitsPerSecond: number, locale: string): string {
  const [value, unit] = bitsPerSecond < 1e6 ? [bitsPerSecond / 1e3, 'kbit/s'] : [bitsPerSecond / 1e6, 'Mbit/s']
  const digits = unit === 'Mbit/s' && value < 10 ? 1 : 0
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)} ${unit}`
}
