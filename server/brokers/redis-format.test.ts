import { expect, it } from 'vitest'
import { newMessage } from '../../tests/support/hub.ts'
import { answerOf, appendArguments, entriesOf } from './redis-format.ts'

it('reads entries, with the offset as the first part of their id', () => {
  const reply: [string, string[]][] = [
    ['7-0', ['c', 'a', 'b', '{}']],
    ['9007199254740991-0', ['c', 'b/1', 'b', '{"n":1}', 'x', 'id']],
  ]
  expect(entriesOf(reply)).toEqual([
    { offset: 7, channel: 'a', body: '{}', exclude: null, source: null },
    { offset: Number.MAX_SAFE_INTEGER, channel: 'b/1', body: '{"n":1}', exclude: 'id', source: null },
  ])
})

it('writes each append with its marks, and how long they stand', () => {
  const [one, two] = [newMessage('a', 1), newMessage('b', 2, 'c9')]
  const group = [
    { messages: [one], idempotent: null },
    { messages: [one, two], idempotent: { key: 'k', answer: '[1]' } },
    { messages: [two], idempotent: null, scheduled: ['s'] },
  ]
  expect(appendArguments(group, 'm:')).toEqual({
    marks: ['m:k', 'm:scheduled:s'],
    values: [
      ...['1', '0', '86400', '', 'a', one.body, ''],
      ...['2', '1', '300', '[1]', 'a', one.body, '', 'b', two.body, 'c9'],
      ...['1', '1', '86400', '', 'b', two.body, 'c9'],
    ],
  })
})

it('reads a kept answer whatever it holds, and nothing else', () => {
  const answer = '[{"channel":"a b","timestamp":"x 1 2"}]\n'
  expect(answerOf(`e1 42 1700000000000 ${answer}`)).toEqual({
    answer,
    first: { epoch: 'e1', offset: 42 },
    atMs: 1_700_000_000_000,
  })
  expect([answerOf(null), answerOf(''), answerOf('nonsense')]).toEqual([null, null, null])
})
