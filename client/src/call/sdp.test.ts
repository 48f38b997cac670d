import { expect, it } from 'vitest'
import { isAnswerTo, markAnswer, originOf, withoutMark } from './sdp.ts'

const description = (session: number, version: number) =>
  `v=0\r\no=- ${session} ${version} IN IP4 127.0.0.1\r\ns=-\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\n`

it('reads session and version when the origin is there', () => {
  expect(originOf(description(4611, 2))).toEqual({ session: '4611', version: '2' })
  expect(originOf('v=0\r\n')).toBeNull()
})

it('knows its answer when the mark names its session and version', () => {
  const answer = markAnswer(description(7, 1), description(4611, 2))
  expect(isAnswerTo(answer, description(4611, 2))).toBe(true)
  expect(isAnswerTo(answer, description(4611, 3))).toBe(false)
  expect(isAnswerTo(answer, description(4612, 2))).toBe(false)
})

it('takes any answer when it carries no mark', () => {
  expect(isAnswerTo(description(7, 1), description(4611, 2))).toBe(true)
})

it('leaves what the browser wrote when the mark is taken out', () => {
  expect(withoutMark(markAnswer(description(7, 1), description(4611, 2)))).toBe(description(7, 1))
  expect(withoutMark(description(7, 1))).toBe(description(7, 1))
})
