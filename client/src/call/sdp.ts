/** Ties an answer to the offer that it answers; other parsers skip an attribute that they don't know (RFC 8866 §5.13). */
const ANSWERED = 'a=x-yayin-answers:'

/** The origin of a description (RFC 8829 §5.2.1): `session` lasts as long as its connection, `version` counts its offers and answers. */
export interface Origin {
  session: string
  version: string
}

/** Reads the line `o=`; null when there is none, as no WebRTC description has. */
export function originOf(sdp: string): Origin | null {
  const match = /^o=\S+ (\d+) (\d+) /m.exec(sdp)
  return match === null ? null : { session: match[1]!, version: match[2]! }
}

/** Marks `answer` as the answer to `offer`. */
export function markAnswer(answer: string, offer: string): string {
  const origin = originOf(offer)
  return origin === null ? answer : `${answer}${ANSWERED}${origin.session}.${origin.version}\r\n`
}

/** Tells whether `answer` answers `offer`; an answer without a mark, from another program, answers anything. */
export function isAnswerTo(answer: string, offer: string): boolean {
  const mark = answer.split(/\r?\n/).find((line) => line.startsWith(ANSWERED))
  const origin = originOf(offer)
  return mark === undefined || origin === null || mark === `${ANSWERED}${origin.session}.${origin.version}`
}

/** Takes the mark out again, for parsers that are stricter than they need to be. */
export function withoutMark(sdp: string): string {
  return sdp.replace(new RegExp(`^${ANSWERED}.*\\r?\\n`, 'm'), '')
}
