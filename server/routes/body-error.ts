import { YayinError } from '../../shared/errors.ts'

/** Marks what this server itself found wrong with a body; body-parser hands it on wrapped. */
export const BODY_REFUSED = 'yayin.body.refused'

/** Says that a body is over the limit, and what the limit is. */
export function tooLarge(maxBytes: number): YayinError {
  return new YayinError('too_large', `The body is larger than the ${maxBytes} bytes allowed here.`)
}

/** Tells whether the client went away while its request was read: nobody is left to answer. */
export function isAborted(error: unknown): boolean {
  return typeOf(error) === 'request.aborted'
}

/** Turns what body-parser throws into an error that may be told; its own texts stay behind, as the cause. */
export function bodyError(cause: unknown, maxBytes: number): unknown {
  switch (typeOf(cause)) {
    case 'request.aborted':
      return cause
    case 'entity.too.large':
      return tooLarge(maxBytes)
    case BODY_REFUSED:
      return malformed(cause instanceof Error ? cause.message : 'The body was refused.', cause)
    case 'entity.parse.failed':
      return malformed('The body is not valid JSON.', cause)
    case 'request.size.invalid':
      return malformed('The body is not as long as its Content-Length says.', cause)
    case 'charset.unsupported':
      return unsupported('The body must be JSON in UTF-8.', cause)
    case 'encoding.unsupported':
      return unsupported('This Content-Encoding is not supported; gzip, deflate and br are.', cause)
    default:
      // What is left comes from inflating it.
      return malformed('The body is not what its Content-Encoding says.', cause)
  }
}

const malformed = (detail: string, cause: unknown) => new YayinError('malformed_json', detail, { cause })
const unsupported = (detail: string, cause: unknown) => new YayinError('unsupported_media_type', detail, { cause })

function typeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'type' in error ? error.type : undefined
}
