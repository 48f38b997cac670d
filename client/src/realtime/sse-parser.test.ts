import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSseParser } from './sse-parser.ts'

type Heard = [what: string, ...values: string[]]

function read(pieces: Uint8Array[]): Heard[] {
  const heard: Heard[] = []
  const push = createSseParser({
    event: (data, id) => heard.push(['event', data, id]),
    position: (id) => heard.push(['position', id]),
    comment: () => heard.push(['comment']),
  })
  for (const piece of pieces) push(piece)
  return heard
}

const bytes = (text: string) => new TextEncoder().encode(text)

/** Cuts bytes at the given places. */
function cut(whole: Uint8Array, places: number[]): Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % (whole.length + 1)))].sort((a, b) => a - b)
  return [0, ...ends].map((start, i) => whole.slice(start, ends[i] ?? whole.length))
}

it('reads events, ids and comments when lines end in any of the three ways', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = [':', 'id: e.1', '', 'retry: 5', 'id: e.2', 'data: {"a":1}', '', 'data', 'data:b', ''].join(end) + end
    expect(read([bytes(text)]), JSON.stringify(end)).toEqual([
      ['comment'],
      ['position', 'e.1'],
      ['event', '{"a":1}', 'e.2'],
      ['event', '\nb', 'e.2'],
    ])
  }
})

it('dispatches at once when the last line ended in a lone carriage return', () => {
  expect(read([bytes('data: a\r\r')])).toEqual([['event', 'a', '']])
})

it('takes one space off, ignores unknown fields, ids with a null and unfinished events', () => {
  const text = 'data:  two\nnonsense: 1\n: c\nid: a\0b\nevent: x\ndata:x:y\n\nid: e.9\ndata: never ended'
  expect(read([bytes(text)])).toEqual([['comment'], ['event', ' two\nx:y', '']])
})

it('passes over a byte order mark when the stream begins with one, and over no other', () => {
  const mark = '\uFEFF'
  expect(read([bytes(`${mark}data: a\n\ndata: ${mark}\n\n`)])).toEqual([
    ['event', 'a', ''],
    ['event', mark, ''],
  ])
})

it('hears the same when the bytes are cut anywhere', () => {
  const line = fc.constantFrom('data: ğü€😀', 'data', 'data:x', 'id: e.1', 'id', ': c', ':', '', '', 'retry: 9', 'x')
  const end = fc.constantFrom('\n', '\r\n', '\r')
  const text = fc
    .tuple(fc.boolean(), fc.array(fc.tuple(line, end), { maxLength: 25 }))
    .map(([marked, lines]) => (marked ? '\uFEFF' : '') + lines.map((pair) => pair.join('')).join(''))
  fc.assert(
    fc.property(text, fc.array(fc.nat(), { maxLength: 12 }), (text, places) => {
      const whole = bytes(text)
      expect(read(cut(whole, places))).toEqual(read([whole]))
    }),
    { numRuns: 1000 },
  )
})
