import type { LogRecord } from '../../../shared/api.ts'
import { usePageWords } from './language.ts'
import { logWords } from './log-words.ts'

/** What happened, in the reader's language, with what tells it from others of its kind. */
export function useLogMessage({ message, data }: LogRecord): string {
  const { messages } = usePageWords(logWords)
  const detail = DETAILS.map((name) => data?.[name]).find(
    (value) => typeof value === 'string' || typeof value === 'number',
  )
  const text = messages[message] ?? message
  return detail === undefined ? text : `${text} · ${detail}`
}

/** Of an entry's data, what says most, the best first. */
const DETAILS = ['key', 'channel', 'email', 'name', 'reason', 'path', 'room', 'transport', 'version', 'count'] as const
