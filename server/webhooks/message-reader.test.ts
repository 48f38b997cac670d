import { describe, expect, it } from 'vitest'
import type { CapturedMessage, MessageReader, WebhookMessages } from '../store/webhook-messages.ts'
import { createMessageReading } from './message-reader.ts'

interface Scene {
  readers: MessageReader[]
  /** Offsets of the log's messages; the channel of each is `c/<offset>`. */
  log: number[]
  trimmed?: number
  isReplaced?: boolean
  /** Whether another node is always faster. */
  isLate?: boolean
}

const reader = (id: string, offset: number, isFull = false): MessageReader => {
  return { id, channels: ['c/*'], epoch: 'e', offset, isFull }
}

function read({ readers, log, trimmed = 0, isReplaced = false, isLate = false }: Scene) {
  const captured: [id: string, through: number, ids: string[]][] = []
  const restarted: string[] = []
  const noted: string[] = []
  const idOf = ({ payload }: CapturedMessage) => (JSON.parse(payload) as { data: { id: string } }).data.id
  const messages: WebhookMessages = {
    readers: () => Promise.resolve(readers),
    next({ offset }) {
      if (isReplaced) return Promise.resolve(null)
      const page = log.filter((one) => one > offset).slice(0, 2)
      const body = '{"channel":"c/1","timestamp":"2026-11-20T22:24:00.123Z","type":"message"}'
      const rows = page.map((one) => ({ offset: one, channel: one === 3 ? 'other' : `c/${one}`, body, exclude: null }))
      return Promise.resolve({ messages: rows, through: page.at(-1) ?? offset, trimmed })
    },
    advance({ id }, through, found) {
      if (isLate) return Promise.resolve(false)
      captured.push([id, through, found.map(idOf)])
      return Promise.resolve(true)
    },
    restart: ({ id }) => Promise.resolve(void restarted.push(id)),
  }
  const eventLog = { record: ({ type }: { type: string }) => void noted.push(type) }
  const reading = createMessageReading({ messages, epoch: () => 'now', eventLog, log: { debug: () => undefined } })
  return reading().then((outcome) => ({ outcome, captured, restarted, noted }))
}

describe('the reading of messages for webhooks', () => {
  it('takes them over page by page, from where each webhook has been, without those that no pattern chooses', async () => {
    const { outcome, captured, noted } = await read({ readers: [reader('a', 0), reader('b', 4)], log: [1, 2, 3, 5] })
    expect(captured).toEqual([
      ['a', 2, ['now.1', 'now.2']],
      ['a', 5, ['now.5']],
      ['b', 5, ['now.5']],
    ])
    expect([outcome, noted]).toEqual([{ found: 4, isMore: false }, []])
  })

  it('leaves them in the log while enough wait', async () => {
    expect((await read({ readers: [reader('a', 0, true)], log: [1] })).captured).toEqual([])
  })

  it('says so when the log was trimmed before a webhook was told', async () => {
    const { noted, captured } = await read({ readers: [reader('a', 0)], log: [4, 5], trimmed: 3 })
    expect([noted, captured.length]).toEqual([['webhook_gap'], 1])
  })

  it('goes on in the log that has taken the place of another, and says so', async () => {
    const { noted, restarted, outcome } = await read({ readers: [reader('a', 9)], log: [1], isReplaced: true })
    expect([noted, restarted, outcome.isMore]).toEqual([['webhook_gap'], ['a'], true])
  })

  it('takes over nothing, and looks anew, when another node was faster', async () => {
    const { captured, outcome } = await read({ readers: [reader('a', 0)], log: [1, 2], isLate: true })
    expect([captured, outcome]).toEqual([[], { found: 0, isMore: true }])
  })
})
