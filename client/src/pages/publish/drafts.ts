import { stringifyExact } from '../../../../shared/exact-json.ts'
import type { Message } from '../../../../shared/protocol.ts'
import type { Template } from '../../../../shared/templates.ts'
import type { PublishDraft } from './check-publish.ts'

export const FIRST_DRAFT: PublishDraft = {
  channel: 'broadcast',
  content: '{\n  "type": "message",\n  "text": "Hello"\n}',
  ephemeral: false,
  deliverAt: null,
}

export function draftOfTemplate({ channel, content, ephemeral }: Template): PublishDraft {
  return { channel, content, ephemeral, deliverAt: null }
}

/** A stored message to be published anew: without what the server set. */
export function draftOfMessage(message: Message): PublishDraft {
  const { id: _id, timestamp: _timestamp, from: _from, channel, ...content } = message
  return { channel, content: stringifyExact(content, 2), ephemeral: false, deliverAt: null }
}
