import type { Language } from '../../lib/words.ts'
import { en } from './words-en.ts'
import type { WebhooksWords } from './words-shape.ts'
import { tr } from './words-tr.ts'

export const webhooksWords: Record<Language, WebhooksWords> = { en, tr }
