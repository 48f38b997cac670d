import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { YayinError } from '../../../shared/errors.ts'
import { SETTINGS, type SettingValues } from '../../../shared/settings.ts'
import { encodeBody } from '../../hub/message.ts'
import { readMqttMessage } from './read-message.ts'

const SETTING_VALUES = Object.fromEntries(
  Object.entries(SETTINGS).map(([key, setting]) => [key, setting.default]),
) as unknown as SettingValues

function read(topic: string, payload: string | Buffer) {
  const draft = readMqttMessage(topic, Buffer.from(payload), SETTING_VALUES)
  return JSON.parse(encodeBody(draft, 'now', null)) as Record<string, unknown>
}

function codeOf(topic: string, payload: string | Buffer): string | null {
  try {
    read(topic, payload)
    return null
  } catch (error) {
    if (error instanceof YayinError) return error.code
    throw error
  }
}

describe('a message of an MQTT topic', () => {
  it('is the payload itself when that is a JSON object, on the channel of the topic', () => {
    const payload = '\r\n {"type":"goal","minute":12,"channel":"elsewhere","id":"x.1","from":"eve","timestamp":"t"}'
    expect(read('matches/7/events', payload)).toEqual({
      channel: 'matches/7/events',
      timestamp: 'now',
      type: 'goal',
      minute: 12,
    })
  })

  it('keeps every digit of a number', () => {
    const { rest } = readMqttMessage('a', Buffer.from('{"n":[12345678901234567890]}'), SETTING_VALUES)
    expect(rest).toBe('{"n":[12345678901234567890]}')
  })

  it('is wrapped when the payload is any other text', () => {
    for (const payload of ['21.5', '', '[1,2]', '"goal"', 'null', '{"cut', '\u0000Olé'])
      expect(read('a', payload)).toEqual({ channel: 'a', timestamp: 'now', type: 'mqtt', payload })
  })

  it('is wrapped in Base64 when the payload is no text', () => {
    const payload = Buffer.from([0x7b, 0xff, 0xfe, 0x00])
    expect(read('a', payload)).toMatchObject({ type: 'mqtt', payloadBase64: payload.toString('base64') })
  })

  it('is refused with the reason when it can be no message', () => {
    for (const topic of ['/lead', 'trail/', 'a//b', 'a b', 'ölçüm', '$SYS/uptime', 'x'.repeat(201)])
      expect(codeOf(topic, '{}'), topic).toBe('invalid_channel')
    expect(codeOf('a', '{"type":"connected"}')).toBe('reserved_type')
    expect(codeOf('a', '{"type":7}')).toBe('invalid')
    expect(codeOf('a', 'x'.repeat(70_000))).toBe('too_large')
    expect(codeOf('a', Buffer.alloc(50_000, 0xff))).toBe('too_large')
  })

  it('is refused when only the server speaks on that channel', () => {
    for (const topic of ['admin/logs', 'participant/p1', 'room/r1'])
      expect(codeOf(topic, '{}'), topic).toBe('forbidden_channel')
    expect(codeOf('admin', '{}')).toBeNull()
  })

  it('is a message or a refusal whatever the payload', () => {
    const payloads = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(text)),
      fc.dictionary(fc.string(), fc.anything()).map((value) => Buffer.from(JSON.stringify(value) ?? '')),
    )
    fc.assert(
      fc.property(payloads, (payload) => {
        const code = codeOf('a/b', payload)
        expect([null, 'invalid', 'reserved_type']).toContain(code)
        if (code === null) expect(read('a/b', payload)).toMatchObject({ channel: 'a/b' })
      }),
    )
  })
})
