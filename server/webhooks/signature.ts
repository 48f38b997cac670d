import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** Makes a secret to sign with: 32 random bytes, written as Standard Webhooks has it. */
export function newSecret(): string {
  return `${PREFIX}${randomBytes(32).toString('base64')}`
}

export interface Signed {
  id: string
  /** Seconds since the epoch. */
  timestamp: number
  body: string
}

/** Signs a request as Standard Webhooks has it: HMAC-SHA256, one signature for each secret, parted by spaces. */
export function sign({ id, timestamp, body }: Signed, secrets: readonly string[]): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
      return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
    })
    .join(' ')
}
