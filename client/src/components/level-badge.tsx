import type { LogLevel } from '../../../shared/protocol.ts'
import { usePageWords } from '../lib/language.ts'
import { logWords } from '../lib/log-words.ts'
import { Badge } from './badge.tsx'

const MEANINGS = { debug: 'plain', info: 'plain', warn: 'warn', error: 'bad' } as const

/** How much an entry of the log matters, in a word. */
export function LevelBadge({ level }: { level: LogLevel }) {
  return <Badge meaning={MEANINGS[level]}>{usePageWords(logWords).levels[level]}</Badge>
}
