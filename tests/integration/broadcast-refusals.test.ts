import { describe, expect, it } from 'vitest'
import { until } from '../support/until.ts'
import { idsOf, useServer } from '../support/use-server.ts'

const use = useServer()
const post = (body: unknown, query = '', headers: Record<string, string> = {}) =>
  use.as().post(`/api/broadcast${query}`, body, headers)

describe('what is no message', () => {
  it.each(['{', '', 'undefined', "{'a':1}", '{"a":1}}', '\u0000', '{"a":NaN}', '[1,]', '{"a":"\n"}'])(
    'is refused as malformed JSON when it is %j',
    async (text) => {
      const { status, body, headers } = await post(text)
      expect(status).toBe(400)
      expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
      expect(['malformed_json', 'invalid']).toContain(body.code)
      expect(body).toEqual({
        type: `urn:yayin:error:${String(body.code)}`,
        title: expect.any(String),
        status: 400,
        detail: expect.stringMatching(/\w/),
        code: body.code,
      })
    },
  )

  it.each(['1', '"text"', 'true', 'null'])('is refused when it is %s', async (text) => {
    expect((await post(text)).body).toMatchObject({ status: 400, code: 'invalid' })
  })

  it('is refused when a batch holds none, or more than a thousand', async () => {
    expect((await post([])).body).toMatchObject({ status: 400, code: 'invalid' })
    const many = Array.from({ length: 1001 }, () => ({}))
    const { body } = await post(many)
    expect(body).toMatchObject({ status: 400, code: 'invalid' })
    expect(body.detail).toContain('1001')
    expect((await post(many.slice(1))).status).toBe(200)
  })

  it('is refused when its channel or type is none', async () => {
    for (const channel of ['', 'a//b', 'a b', 'a/*', '**', 5, null, {}, 'x'.repeat(201)]) {
      const { status, body } = await post({ channel })
      expect({ channel, status, code: body.code }).toEqual({
        channel,
        status: channel === null ? 200 : 400,
        code: channel === null ? undefined : 'invalid_channel',
      })
    }
    expect((await post({}, '?channel=a//b')).body).toMatchObject({ status: 400, code: 'invalid_channel' })
    for (const type of [5, true, {}, []]) expect((await post({ type })).status).toBe(400)
  })

  it('is refused as another media type than JSON', async () => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/jsonp',
      'multipart/form-data',
    ]) {
      const { status, body } = await post('{"a":1}', '', { 'content-type': type })
      expect({ status, code: body.code }, type).toEqual({ status: 415, code: 'unsupported_media_type' })
    }
    for (const charset of ['iso-8859-1', 'utf-16']) {
      const { status } = await post('{"a":1}', '', { 'content-type': `application/json; charset=${charset}` })
      expect(status, charset).toBe(415)
    }
    // The usual type goes past Express, the other one through it; a byte order mark is passed over by both.
    for (const type of ['application/json', 'application/json; charset="utf-8"']) {
      expect((await post('\ufeff{"a":1}', '', { 'content-type': type })).status, type).toBe(200)
    }
    const utf8 = await post('{"a":1}', '', { 'content-type': 'application/json; charset=UTF-8' })
    expect(utf8.status).toBe(200)
  })

  it('is refused when an option of the query is wrong', async () => {
    expect((await post({}, '?ephemeral=perhaps')).body).toMatchObject({ status: 400, code: 'invalid' })
    expect((await post({}, `?exclude=${'x'.repeat(101)}`)).status).toBe(400)
    expect((await post({}, '?channel=a&channel=b')).status).toBe(400)
  })
})

describe('a message that is too large', () => {
  const sized = (bytes: number) => `{"channel":"public/size","text":"${'x'.repeat(bytes - 35)}"}`

  it('is refused at one byte more than allowed', async () => {
    expect(Buffer.byteLength(sized(65_536))).toBe(65_536)
    expect((await post(sized(65_536))).status).toBe(200)
    expect((await post(sized(65_537))).body).toMatchObject({ status: 413, code: 'too_large' })
    expect((await post(`[${sized(100)},${sized(65_537)}]`)).status).toBe(413)
    expect((await post(`[${sized(65_536)},${sized(65_536)}]`)).status).toBe(200)
  })

  it('is measured in bytes, not in characters', async () => {
    await use.set('message_max_bytes', 1000)
    const text = (characters: number) => `{"text":"${'ü'.repeat(characters)}"}`
    expect(Buffer.byteLength(text(494))).toBe(999)
    expect((await post(text(494))).status).toBe(200)
    expect((await post(text(495))).body).toMatchObject({ status: 413, code: 'too_large' })
  })

  it('is judged by the setting at once when that changes', async () => {
    await use.set('message_max_bytes', 100_000)
    const stream = await use.follow(['public/size'])
    expect((await post(sized(100_000))).status).toBe(200)
    expect((await post(sized(100_001))).status).toBe(413)
    await stream.waitFor(({ body }) => String(body.text).length === 99_965)
  })

  it('is refused without being read when it is far too large', async () => {
    const body = `{"text":"${'x'.repeat(40 * 1024 * 1024)}"}`
    const outcome = await post(body).then(
      ({ status }) => status,
      () => 'cut',
    )
    expect([413, 'cut']).toContain(outcome)
    expect((await post({})).status).toBe(200)
  })
})

describe('the publish rate limit', () => {
  it('refuses what is above it, says when to come again, and leaves others alone', async () => {
    await use.set('publish_rate_limit', 5)
    const [ada, bob] = await Promise.all(['ada', 'bob'].map((sub) => use.tokenFor({ sub, publish: ['public/**'] })))
    const stream = await use.follow(['public/rate'])
    const send = (token: string) => use.as(token).post('/api/broadcast', { channel: 'public/rate' })
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(ada!)))
    const taken = answers.filter(({ status }) => status === 200)
    const refused = answers.filter(({ status }) => status === 429)
    expect(taken.length + refused.length).toBe(20)
    expect(taken.length).toBeGreaterThanOrEqual(5)
    expect(taken.length).toBeLessThan(15)
    expect(refused[0]?.body).toMatchObject({ code: 'rate_limited' })
    expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect((await send(bob!)).status).toBe(200)
    await until(async () => (await send(ada!)).status === 200, { what: 'it may publish again' })
    await until(() => idsOf(stream).length >= taken.length + 2, { what: 'what was taken has come' })
    expect(idsOf(stream)).toHaveLength(taken.length + 2)
  })

  it('counts each message of a batch, and is off at 0', async () => {
    await use.set('publish_rate_limit', 5)
    const token = await use.tokenFor({ sub: 'carol', publish: ['public/**'] })
    const send = (count: number) =>
      use.as(token).post(
        '/api/broadcast',
        Array.from({ length: count }, () => ({ channel: 'public/rate' })),
      )
    expect((await send(5)).status).toBe(200)
    expect((await send(5)).status).toBe(429)
    await use.set('publish_rate_limit', 0)
    expect((await send(1000)).status).toBe(200)
  })
})
