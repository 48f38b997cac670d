import { describe, expect, it } from 'vitest'
import { newSecret, sign } from './signature.ts'

describe('the signature', () => {
  // As the specification of Standard Webhooks has it in its example.
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' }

  it('is the known one for a known request', () => {
    expect(sign(message, [secret])).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=')
  })

  it('stands there once for each secret while one takes the place of another', () => {
    const [mine, other] = sign(message, [secret, newSecret()]).split(' ')
    expect(mine).toBe(sign(message, [secret]))
    expect(other).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/)
    expect(other).not.toBe(mine)
  })

  it('differs when anything of the request does', () => {
    const all = [message, { ...message, id: 'msg_2' }, { ...message, timestamp: 1 }, { ...message, body: '{}' }]
    expect(new Set(all.map((one) => sign(one, [secret]))).size).toBe(4)
  })

  it('has a secret of 32 bytes that is never the same', () => {
    const secrets = Array.from({ length: 50 }, newSecret)
    expect(new Set(secrets).size).toBe(50)
    for (const text of secrets) expect(Buffer.from(text.slice(6), 'base64')).toHaveLength(32)
  })
})
