import { describe, expect, it } from 'vitest'
import { checkNewPassword } from './password-rules.ts'

const faultOf = (password: string, own: string[] = []): string | null => {
  try {
    checkNewPassword(password, 'newPassword', own)
    return null
  } catch (error) {
    expect(error).toMatchObject({ code: 'invalid', errors: [{ path: 'newPassword' }] })
    return (error as Error).message
  }
}

describe('a new password', () => {
  it.each([
    'correct horse battery',
    'mavi kedi üç damda',
    '😀😁😂🤣😃😄😅😆😉😊😋😎',
    'a b c d e f g',
    'x'.repeat(64) + 'y',
  ])('is taken when it is long and not common: %s', (password) => expect(faultOf(password)).toBeNull())

  it('is refused with both numbers when it is too short or too long', () => {
    expect(faultOf('elevenchars')).toMatch(/has 11 characters; at least 12/)
    expect(faultOf('😀'.repeat(11))).toMatch(/has 11 characters/)
    expect(faultOf('correct horse '.repeat(10))).toMatch(/has 140 characters; at most 128/)
  })

  it.each([
    'Password1234',
    'QWERTY123456',
    'correcthorsebatterystaple',
    'aaaaaaaaaaaaaa',
    '123412341234',
    'passwordpassword',
    '123456789012',
    'abcdefghijklm',
    'qwertyuiopas',
    '1qaz2wsx3edc4rfv',
    'zyxwvutsrqponm',
  ])('is refused when everybody tries it first: %s', (password) => {
    expect(faultOf(password)).toMatch(/one of the first/)
  })

  it('is refused when it is what is known of the user', () => {
    expect(faultOf('ADA@example.org', ['ada@example.org', ''])).toMatch(/e-mail address/)
    expect(faultOf('ada@example.org!', ['ada@example.org', ''])).toBeNull()
  })
})
