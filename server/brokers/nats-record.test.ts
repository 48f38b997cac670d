import { headers } from '@nats-io/transport-node'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Append, NewMessage } from './broker.ts'
import { decodeBody, decodeHead, encodeBody, encodeHead, entriesOf, placeKeys } from './nats-record.ts'

const numbers = fc.nat(Number.MAX_SAFE_INTEGER)
const heads = fc.record({
  id: fc.stringMatching(/^[A-Za-z0-9]{1,22}$/),
  epoch: fc.stringMatching(/^[a-z0-9]{8}$/),
  floor: numbers,
  before: numbers,
  count: fc.nat(1024),
  keys: fc.array(fc.record({ key: fc.stringMatching(/^(s:[\w-]{1,21}|[0-9a-f]{64})$/), index: fc.nat(1024) })),
  parts: fc.array(fc.nat()),
})

const texts = fc.string({ unit: 'grapheme' })
const appends = fc.array(
  fc.record({
    messages: fc.array(fc.record({ channel: texts, body: texts, exclude: fc.option(texts) })),
    idempotent: fc.option(fc.record({ key: texts, answer: texts })),
  }),
)

interface Sketch {
  messages: Pick<NewMessage, 'channel' | 'body' | 'exclude'>[]
  idempotent: Append['idempotent']
}

function appendOf({ messages, idempotent }: Sketch): Append {
  const rest = { type: 'message', sender: null, timestampMs: 0, acceptedAtMs: 0, recipients: 0 }
  return { messages: messages.map((message) => ({ ...rest, ...message })), idempotent }
}

it('reads back what it wrote of a head', () => {
  fc.assert(
    fc.property(heads, (head) => {
      expect(decodeHead(encodeHead(head))).toEqual(head)
    }),
  )
})

it('reads back what it wrote of a group, with offsets that follow each other', () => {
  fc.assert(
    fc.property(appends, (drafts) => {
      const group = drafts.map(appendOf)
      const all = group.flatMap(({ messages }) => messages)
      const body = decodeBody(encodeBody(group))
      expect(entriesOf({ epoch: 'e', floor: 0, before: 7, count: all.length }, body)).toEqual(
        all.map(({ channel, body: text, exclude }, i) => ({
          offset: 8 + i,
          channel,
          body: text,
          exclude,
          source: null,
        })),
      )
      expect(body.answers.map(({ key, answer }) => ({ key, answer }))).toEqual(
        group.flatMap(({ idempotent }) => idempotent ?? []),
      )
    }),
  )
})

it('reads no head where there is none, or another one', () => {
  const other = headers()
  other.set('Yayin-Place', 'e1 0 x 3')
  expect([decodeHead(undefined), decodeHead(headers()), decodeHead(other)]).toEqual([null, null, null])
})

it('places each key at the first message of its append', () => {
  const append = (count: number, key: string | null, scheduled?: string[]): Append => ({
    ...appendOf({
      messages: Array.from({ length: count }, () => ({ channel: 'a', body: '{}', exclude: null })),
      idempotent: key === null ? null : { key, answer: '' },
    }),
    ...(scheduled && { scheduled }),
  })
  expect(placeKeys([append(2, 'a'), append(3, null), append(1, 'b'), append(2, null, ['x', 'y'])])).toEqual([
    { key: 'a', index: 0 },
    { key: 'b', index: 5 },
    { key: 's:x', index: 6 },
    { key: 's:y', index: 6 },
  ])
})
