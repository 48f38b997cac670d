import type { Paint } from '../paint.ts'
import type { Finding, Outcome } from './finding.ts'

const SIGNS: Record<Outcome, [sign: string, style: Parameters<Paint>[0]]> = {
  ok: ['✓', 'green'],
  warn: ['!', 'yellow'],
  fail: ['✗', 'red'],
  skip: ['–', 'dim'],
}
const CHECK_COLUMNS = 14

/** Writes one finding: what was seen, and below it what to change. */
export function formatFinding({ check, outcome, says, change = [], see }: Finding, paint: Paint): string {
  const [sign, style] = SIGNS[outcome]
  const lines = [`${paint(style, sign)} ${paint('bold', check.padEnd(CHECK_COLUMNS))}${says}`]
  const indent = ' '.repeat(CHECK_COLUMNS + 2)
  for (const line of change) lines.push(`${indent}${paint('cyan', '→')} ${line}`)
  if (see !== undefined && outcome !== 'ok') lines.push(`${indent}${paint('dim', `docs/troubleshooting.md#${see}`)}`)
  return lines.join('\n')
}

/** Sums up: how many of each outcome that somebody ought to look at. */
export function summarize(findings: readonly Finding[]): string {
  const count = (outcome: Outcome) => findings.filter((finding) => finding.outcome === outcome).length
  const [failed, warned] = [count('fail'), count('warn')]
  if (failed + warned === 0) return 'Nothing is wrong.'
  const parts = [failed > 0 ? `${failed} to mend` : '', warned > 0 ? `${warned} to look at` : '']
  return `${parts.filter((part) => part !== '').join(', ')}.`
}
