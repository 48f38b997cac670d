import { isChannel, isPattern } from '../../../../shared/channel.ts'
import type { Question } from '../../lib/access-api.ts'

export type Kind = 'anonymous' | 'claims' | 'key'

/** What is typed into the form, unchecked; the same names as in the address. */
export interface QuestionDraft {
  who: Kind
  claims: string
  key: string
  action: Question['action']
  channel: string
  type: string
}

export interface QuestionFaults {
  claims?: true
  channel?: true
}

const FIRST: QuestionDraft = {
  who: 'anonymous',
  claims: '{"sub": "ada", "subscribe": ["orders/*"]}',
  key: '',
  action: 'subscribe',
  channel: '',
  type: '',
}

/** Reads a draft from the address; what is absent or unknown there is as at first. */
export function readDraft(params: URLSearchParams): QuestionDraft {
  const text = (name: keyof QuestionDraft) => params.get(name) ?? FIRST[name]
  const who = text('who')
  return {
    who: who === 'claims' || who === 'key' ? who : 'anonymous',
    claims: text('claims'),
    key: text('key'),
    action: text('action') === 'publish' ? 'publish' : 'subscribe',
    channel: text('channel'),
    type: text('type'),
  }
}

/** Says what the address is to say of a draft; null takes a parameter out. */
export function toParams(draft: QuestionDraft): Record<keyof QuestionDraft, string | null> {
  const { who, action, channel } = draft
  return {
    who,
    claims: who === 'claims' ? draft.claims : null,
    key: who === 'key' ? draft.key : null,
    action,
    channel,
    type: action === 'publish' ? draft.type : null,
  }
}

/** Says what is wrong with what is typed; nothing typed is only not enough. */
export function faultsOf({ who, claims, action, channel }: QuestionDraft): QuestionFaults {
  const isRight = action === 'publish' ? isChannel : isPattern
  return {
    ...(who === 'claims' && !isJsonObject(claims) && { claims: true }),
    ...(channel.trim() !== '' && !isRight(channel.trim()) && { channel: true }),
  }
}

/** Makes the question of a draft; null while it is not whole. */
export function toQuestion(draft: QuestionDraft): Question | null {
  const channel = draft.channel.trim()
  const type = draft.type.trim()
  const isWhole = channel !== '' && (draft.who !== 'key' || draft.key !== '')
  if (!isWhole || Object.keys(faultsOf(draft)).length > 0) return null
  return { who: whoOf(draft), action: draft.action, channel, type: draft.action === 'publish' && type ? type : null }
}

function whoOf({ who, claims, key }: QuestionDraft): Question['who'] {
  if (who === 'anonymous') return { anonymous: '1' }
  return who === 'claims' ? { claims } : { key }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
