import { describe, expect, it } from 'vitest'
import { draftOf, EMPTY_DRAFT, faultsOf, isLimitedByChannels, toFields, type WebhookDraft } from './webhook-draft.ts'

const GOOD: WebhookDraft = {
  name: ' Shop ',
  url: ' https://shop.example/hooks ',
  events: ['message.published'],
  channels: 'orders/**\n\n orders/** , news',
}

describe('the draft of a webhook', () => {
  it('becomes what the server takes', () => {
    expect(faultsOf(GOOD)).toBeNull()
    expect(toFields(GOOD)).toEqual({
      name: 'Shop',
      url: 'https://shop.example/hooks',
      events: ['message.published'],
      channels: ['orders/**', 'news'],
    })
  })

  it('asks for all channels when none is named, and shows them as none', () => {
    const fields = toFields({ ...GOOD, channels: ' \n' })
    expect(fields.channels).toEqual(['**'])
    expect(draftOf({ ...fields } as Parameters<typeof draftOf>[0]).channels).toBe('')
  })

  it.each<[Partial<WebhookDraft>, object]>([
    [{ url: '' }, { url: 'no_url' }],
    [{ url: 'shop.example' }, { url: 'no_url' }],
    [{ url: 'ftp://shop.example' }, { url: 'no_url' }],
    [{ url: 'https://me:word@shop.example' }, { url: 'has_user' }],
    [{ url: 'https://shop.example/#top' }, { url: 'has_user' }],
    [{ events: [] }, { events: true }],
    [{ channels: 'orders//7' }, { channel: 'orders//7' }],
    [{ channels: Array.from({ length: 101 }, (_, n) => `c${n}`).join('\n') }, { tooManyChannels: true }],
  ])('tells what is wrong with %j', (part, faults) => {
    expect(faultsOf({ ...GOOD, ...part })).toEqual(faults)
  })

  it('is limited by channels when it is of messages or channels', () => {
    expect(isLimitedByChannels(EMPTY_DRAFT.events)).toBe(true)
    expect(isLimitedByChannels(['channel.vacated', 'room.ended'])).toBe(true)
    expect(isLimitedByChannels(['connection.opened', 'room.ended'])).toBe(false)
  })
})
