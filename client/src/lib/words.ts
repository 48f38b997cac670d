import { accountWords, type AccountWords } from './words/account.ts'
import { connectionWords, type ConnectionWords } from './words/connection.ts'
import { figuresWords, type FiguresWords } from './words/figures.ts'
import { frameWords, type FrameWords } from './words/frame.ts'
import type { Language } from './words/languages.ts'
import { listWords, type ListWords } from './words/list.ts'
import { messagesWords, type MessagesWords } from './words/messages.ts'
import { sendWords, type SendWords } from './words/send.ts'

export { LANGUAGES, type Language } from './words/languages.ts'

/**
 * What the frame and the first page say; other pages bring their own words. A sentence is one entry, never glued from
 * parts: languages order words differently.
 */
export interface Words
  extends FrameWords, ListWords, AccountWords, ConnectionWords, FiguresWords, MessagesWords, SendWords {}

export const WORDS: Record<Language, Words> = { en: wordsIn('en'), tr: wordsIn('tr') }

function wordsIn(language: Language): Words {
  return {
    ...frameWords[language],
    ...listWords[language],
    ...accountWords[language],
    ...connectionWords[language],
    ...figuresWords[language],
    ...messagesWords[language],
    ...sendWords[language],
  }
}
