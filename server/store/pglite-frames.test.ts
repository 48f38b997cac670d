import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createUnitReader, type Unit } from './pglite-frames.ts'

function message(type: string, body = ''): Buffer {
  const header = Buffer.alloc(5)
  header.write(type, 'latin1')
  header.writeUInt32BE(4 + body.length, 1)
  return Buffer.concat([header, Buffer.from(body, 'latin1')])
}

function opening(code: number, body = ''): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt32BE(8 + body.length)
  header.writeUInt32BE(code, 4)
  return Buffer.concat([header, Buffer.from(body, 'latin1')])
}

const STARTUP = opening(196_608, 'user\0postgres\0\0')
const EXTENDED = Buffer.concat(['P', 'B', 'D', 'E', 'S'].map((type) => message(type, `${type} body`)))

function readAll(chunks: Buffer[]): [Unit['kind'], string][] {
  const read = createUnitReader()
  return chunks.flatMap((chunk) => read(chunk)).map(({ kind, bytes }) => [kind, bytes.toString('latin1')])
}

describe('createUnitReader', () => {
  it('keeps an extended query together up to its Sync when it comes in pieces', () => {
    const read = createUnitReader()
    read(STARTUP)
    expect(read(EXTENDED.subarray(0, 20))).toEqual([])
    expect(read(EXTENDED.subarray(20))).toEqual([{ kind: 'query', bytes: EXTENDED }])
  })

  it('tells encryption and cancel requests from the start of a session', () => {
    expect(readAll([opening(80_877_103), opening(80_877_104), STARTUP]).map(([kind]) => kind)).toEqual([
      'ssl',
      'ssl',
      'startup',
    ])
    expect(readAll([opening(80_877_102, 'pid and key')]).map(([kind]) => kind)).toEqual(['cancel'])
  })

  it('finds the same units when the stream is cut anywhere', () => {
    const stream = Buffer.concat([
      opening(80_877_103),
      STARTUP,
      message('Q', 'begin\0'),
      EXTENDED,
      Buffer.concat([message('P', 'x'.repeat(500)), message('H')]),
      message('S'),
      message('X'),
    ])
    const whole = readAll([stream])
    expect(whole.map(([kind]) => kind)).toEqual(['ssl', 'startup', 'query', 'query', 'flush', 'query', 'terminate'])
    expect(whole.map(([, bytes]) => bytes).join('')).toBe(stream.toString('latin1'))
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length)), (cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), stream.length]
        const chunks = places.slice(1).map((end, i) => stream.subarray(places[i], end))
        expect(readAll(chunks)).toEqual(whole)
      }),
    )
  })

  it('throws when a length is impossible', () => {
    const read = createUnitReader()
    read(STARTUP)
    expect(() => read(Buffer.from('Q\0\0\0\x01xxx', 'latin1'))).toThrow('not the PostgreSQL protocol')
  })
})
