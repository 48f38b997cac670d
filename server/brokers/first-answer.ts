/** How somebody is asked who may be slow, or away. */
export interface Asking<T> {
  /** Asks once; each question may still be answered while later ones are. `timeoutMs` is how long it is waited for. */
  ask: (timeoutMs: number) => Promise<T>
  /** Tells a refusal, which settles the matter, from a failure to reach anybody, after which it is asked again. */
  isRefusal: (error: unknown) => boolean
  /** How long a question may go without an answer before another one is asked, in milliseconds. */
  tryMs: number
  /** How long after a failure it is asked again, in milliseconds. */
  pauseMs: number
  /** When the last question may be asked, by `performance.now()`; it is waited for its answer for `tryMs`. */
  deadlineMs: number
}

/**
 * Asks again and again until one of the questions is answered, whichever it is: where answers take long, the one to the
 * first question comes first. Rejects with the first refusal, or after the deadline with the last failure.
 */
export function firstAnswer<T>({ ask, isRefusal, tryMs, pauseMs, deadlineMs }: Asking<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    let isOver = false
    const isLate = () => performance.now() > deadlineMs
    const end = (tell: () => void) => {
      isOver = true
      clearTimeout(timer)
      tell()
    }
    const tryAfter = (delayMs: number, when: () => boolean) => {
      clearTimeout(timer)
      timer = setTimeout(() => void (when() && begin()), delayMs)
    }
    const failed = (error: Error) => {
      if (isOver) return
      if (isRefusal(error) || isLate()) end(() => reject(error))
      else tryAfter(pauseMs, () => true)
    }
    const begin = () => {
      tryAfter(tryMs, () => !isLate())
      ask(Math.max(1, deadlineMs + tryMs - performance.now())).then((answer) => end(() => resolve(answer)), failed)
    }
    begin()
  })
}
