import type { IncomingMessage } from 'node:http'

/** What has come of an answer's body, as text. */
export interface Collected {
  readonly openedAt: number
  /** When its last byte came, by performance.now(). */
  lastAt(): number
  /** Resolves with whether `test` has held for what came within the time; false at once when the body ends. */
  until(test: (text: string) => boolean, timeoutMs: number): Promise<boolean>
}

/** Gathers a body from now on. */
export function collect(body: IncomingMessage): Collected {
  let text = ''
  const openedAt = performance.now()
  let lastAt = openedAt
  let look = () => {}
  body.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk
    lastAt = performance.now()
    look()
  })
  return {
    openedAt,
    lastAt: () => lastAt,
    until: (test, timeoutMs) =>
      new Promise((resolve) => {
        const settle = (held: boolean) => {
          clearTimeout(timer)
          look = () => {}
          resolve(held)
        }
        const timer = setTimeout(() => settle(false), timeoutMs)
        body.once('close', () => settle(test(text)))
        look = () => void (test(text) && settle(true))
        look()
      }),
  }
}
