import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isHeartbeat, textFrame, webSocketWire } from './wire.ts'

interface Frame {
  opcode: number
  text: string
}

/** Reads a server's frames by the letter of RFC 6455 §5.2; throws where they break it. */
function readFrames(bytes: Buffer): Frame[] {
  const frames: Frame[] = []
  let at = 0
  while (at < bytes.length) {
    const [first, second] = [bytes.readUInt8(at), bytes.readUInt8(at + 1)]
    if (first >> 4 !== 8) throw new Error('not a whole frame, or a reserved bit is set')
    if (second >= 128) throw new Error('a server masks nothing')
    at += 2
    let length = BigInt(second)
    if (second === 126) {
      length = BigInt(bytes.readUInt16BE(at))
      at += 2
    } else if (second === 127) {
      length = bytes.readBigUInt64BE(at)
      at += 8
    }
    const least = second === 126 ? 126n : second === 127 ? 65_536n : 0n
    if (length < least) throw new Error('the length is not in its shortest form')
    const end = at + Number(length)
    if (end > bytes.length) throw new Error('the frame is cut short')
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    frames.push({ opcode: first & 15, text: decoder.decode(bytes.subarray(at, end)) })
    at = end
  }
  return frames
}

const edge = fc.constantFrom(0, 1, 125, 126, 127, 128, 65_535, 65_536, 65_537, 100_000)
const filler = fc.oneof(edge, fc.nat(70_000)).map((length) => 'x'.repeat(length))
const text = fc.oneof(
  filler,
  fc.string({ unit: 'grapheme' }),
  fc.tuple(filler, fc.constantFrom('ş', '語', '🙂')).map((a) => a.join('')),
)

describe('frames', () => {
  it('are read by any reader as they were written when they have whatever length', () => {
    fc.assert(
      fc.property(text, (written) => {
        expect(readFrames(textFrame(written))).toEqual([{ opcode: 1, text: written }])
      }),
      { numRuns: 200 },
    )
  })

  it('stand one behind the other when several messages are sent together', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (written) => {
        const outgoing = written.map((json, i) => ({ id: i % 2 ? null : `e.${i}`, json }))
        expect(readFrames(webSocketWire.messages(outgoing)).map((frame) => frame.text)).toEqual(written)
      }),
      { numRuns: 100 },
    )
  })

  it('hold the id inside when the server speaks itself', () => {
    const bytes = webSocketWire.frame({ type: 'connected' }, { id: 'e.7', retryMs: 1 })
    expect(readFrames(bytes)).toEqual([{ opcode: 1, text: '{"type":"connected","id":"e.7"}' }])
    expect(isHeartbeat(bytes)).toBe(false)
  })
})

describe('heartbeats', () => {
  it('are a ping, and a pong with the position when there is one', () => {
    expect(readFrames(webSocketWire.heartbeat(null)!)).toEqual([{ opcode: 9, text: '' }])
    for (const id of ['e.7', 'e.7', 'e.8']) {
      const bytes = webSocketWire.heartbeat(id)!
      const pong = { opcode: 1, text: `{"type":"pong","id":"${id}"}` }
      expect(readFrames(bytes)).toEqual([{ opcode: 9, text: '' }, pong])
      expect(isHeartbeat(bytes)).toBe(true)
    }
  })
})
