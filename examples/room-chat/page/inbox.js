import { createConversation, itemOf } from './conversation.js'

/** @typedef {import('./conversation.js').Conversation} Conversation */

const PAST = 200

/**
 * What others have written to oneself alone, and oneself to them: all of it comes over one's own channel.
 * @param {object} options
 * @param {import('../../../client/src/realtime/index.ts').Client} options.client
 * @param {string} options.me
 * @param {(conversation: Conversation, item: import('./conversation.js').Item) => void} options.receive
 * @param {() => void} options.onChange
 */
export function createInbox({ client, me, receive, onChange }) {
  /** @type {Map<string, Conversation>} by the other's id */
  const people = new Map()
  const channel = client.channel(`user/${me}`)

  /** @param {string} sub */
  function person(sub) {
    const conversation = people.get(sub) ?? createConversation('person', sub)
    people.set(sub, conversation)
    return conversation
  }

  const conversationOf = (/** @type {any} */ { sender, to }) => person(sender === me ? to : sender)

  async function loadPast() {
    const { messages } = await channel.history({ limit: PAST })
    // The newest comes first, and each goes before what is there.
    for (const message of messages) if (message.type === 'private') conversationOf(message).addPast([itemOf(message)])
    onChange()
  }

  channel.on('private', (message) => receive(conversationOf(message), itemOf(message)))
  loadPast().catch(() => undefined)
  return { all: () => [...people.values()], person }
}
