import { describe, expect, it } from 'vitest'
import { faultsOf, readDraft, toParams, toQuestion, type QuestionDraft } from './question.ts'

const draft = (part: Partial<QuestionDraft> = {}): QuestionDraft => ({
  ...readDraft(new URLSearchParams()),
  channel: 'orders/7',
  ...part,
})

describe('toQuestion', () => {
  it('asks about nobody when nothing else is said', () => {
    expect(toQuestion(draft())).toEqual({
      who: { anonymous: '1' },
      action: 'subscribe',
      channel: 'orders/7',
      type: null,
    })
  })

  it('sends the type with a publish alone', () => {
    expect(toQuestion(draft({ action: 'publish', type: 'chat' }))?.type).toBe('chat')
    expect(toQuestion(draft({ action: 'subscribe', type: 'chat' }))?.type).toBeNull()
  })

  it.each([{ channel: ' ' }, { who: 'key' }, { who: 'claims', claims: '[]' }, { action: 'publish', channel: 'a/*' }])(
    'asks nothing when the draft is %j',
    (part) => {
      expect(toQuestion(draft(part as Partial<QuestionDraft>))).toBeNull()
    },
  )
})

describe('faultsOf', () => {
  it('finds nothing wrong with a channel that is not typed yet', () => {
    expect(faultsOf(draft({ channel: '' }))).toEqual({})
  })

  it('takes a pattern when subscribing alone', () => {
    expect(faultsOf(draft({ channel: 'a/**' }))).toEqual({})
    expect(faultsOf(draft({ channel: 'a/**', action: 'publish' }))).toEqual({ channel: true })
  })
})

it('comes back from the address as it was asked', () => {
  const asked = draft({ who: 'claims', claims: '{"sub":"a"}', action: 'publish', type: 'chat' })
  const params = Object.entries(toParams(asked)).filter((entry): entry is [string, string] => entry[1] !== null)
  expect(readDraft(new URLSearchParams(params))).toEqual(asked)
})
