/** Shares of the busiest hour's load, hour by hour of the local day: people shop at noon and meet in the evening. */
const BY_HOUR = [
  0.42, 0.33, 0.28, 0.26, 0.27, 0.32, 0.42, 0.55, 0.68, 0.78, 0.86, 0.93, 0.97, 0.92, 0.85, 0.82, 0.84, 0.88, 0.94, 1,
  1, 0.95, 0.78, 0.58,
] as const

/** How much of the usual load there is at a moment, around 1: by the hour, with waves of minutes on top. */
export function paceAt(date: Date): number {
  const hour = date.getHours()
  const share = date.getMinutes() / 60
  const now = BY_HOUR[hour] ?? 1
  const next = BY_HOUR[(hour + 1) % BY_HOUR.length] ?? 1
  const seconds = date.getTime() / 1000
  const waves = 1 + 0.22 * wave(seconds, 210) + 0.12 * wave(seconds, 47) + 0.06 * wave(seconds, 13)
  return (now + (next - now) * share) * 1.25 * waves
}

function wave(seconds: number, periodSeconds: number): number {
  return Math.sin((seconds / periodSeconds) * 2 * Math.PI)
}
