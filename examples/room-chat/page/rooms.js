import { createConversation, itemOf, notice } from './conversation.js'

/** @typedef {import('./conversation.js').Conversation} Conversation */

/** Messages of one page of the past. */
const PAGE = 30

/**
 * Somebody is one member however many windows they have.
 * @param {import('../../../client/src/realtime/index.ts').Member} member
 */
const keyOf = ({ userId, connectionId }) => userId ?? connectionId

/**
 * The rooms that one is in: what is written there, and who is there.
 * @param {object} options
 * @param {import('../../../client/src/realtime/index.ts').Client} options.client
 * @param {string} options.me
 * @param {(conversation: Conversation, item: import('./conversation.js').Item) => void} options.receive
 * @param {() => void} options.onChange
 */
export function createRooms({ client, me, receive, onChange }) {
  /** @type {Map<string, { conversation: Conversation, stop: () => void }>} */
  const rooms = new Map()
  const all = () => [...rooms.values()].map(({ conversation }) => conversation)
  const channelOf = (/** @type {string} */ room) => client.channel(`chat/${room}`)

  /**
   * Reads a page of the past: the newest, or what is before a position.
   * @param {Conversation} conversation
   * @param {string} [before]
   */
  async function loadPast(conversation, before) {
    const page = { limit: PAGE, ...(before !== undefined && { before }) }
    const { messages, nextCursor } = await channelOf(conversation.name).history(page)
    conversation.addPast(
      messages
        .filter(({ type }) => type === 'chat')
        .map(itemOf)
        .toReversed(),
    )
    conversation.older = nextCursor
    onChange()
  }

  /** @param {Conversation} conversation */
  async function loadMembers(conversation) {
    conversation.members = await channelOf(conversation.name).presence()
    onChange()
  }

  /** @param {Promise<unknown>[]} tasks what can't be read now is read when the connection is live again */
  const attempt = (...tasks) => void Promise.all(tasks).catch(() => undefined)

  /**
   * @param {Conversation} conversation
   * @param {import('../../../client/src/realtime/index.ts').PresenceChange} change
   */
  function tellPresence(conversation, { type, member }) {
    const others = conversation.members.filter((other) => keyOf(other) !== keyOf(member))
    conversation.members = type === 'join' ? [...others, member] : others
    const name = member.name ?? 'Somebody'
    receive(conversation, notice(type === 'join' ? `${name} came in` : `${name} has left`))
  }

  /**
   * Enters a room.
   * @param {string} name
   */
  function join(name) {
    const known = rooms.get(name)
    if (known) return known.conversation
    const conversation = createConversation('room', name)
    const channel = channelOf(name)
    const ends = [
      channel.on('chat', (message) => receive(conversation, itemOf(message))),
      channel.onPresence((change) => tellPresence(conversation, change)),
    ]
    rooms.set(name, { conversation, stop: () => ends.forEach((end) => end()) })
    attempt(loadPast(conversation), loadMembers(conversation))
    return conversation
  }

  client.onState(({ status }) => {
    // Comings and goings are not told while the connection is cut.
    if (status === 'live') attempt(...all().map(loadMembers))
  })
  client.onGap(() => {
    for (const conversation of all()) {
      conversation.forget()
      attempt(loadPast(conversation))
    }
  })

  return {
    all,
    join,
    /** @param {Conversation} conversation */
    loadOlder: (conversation) => attempt(loadPast(conversation, conversation.older ?? undefined)),
    /** @param {string} name */
    find: (name) => rooms.get(name)?.conversation,
    /** @param {string} name */
    leave(name) {
      rooms.get(name)?.stop()
      rooms.delete(name)
    },
    /**
     * Writes to everybody but oneself, who sees it at once, and then whether it went out.
     * @param {Conversation} conversation
     * @param {string} text
     */
    async say(conversation, text) {
      /** @type {import('./conversation.js').Item} */
      const item = { kind: 'chat', from: me, text, at: new Date().toISOString(), fate: 'sending' }
      conversation.add(item)
      onChange()
      try {
        const { id } = await channelOf(conversation.name).publish({ type: 'chat', text }, { echo: false })
        if (id !== undefined) item.id = id
        item.fate = 'sent'
      } catch {
        item.fate = 'failed'
      }
      onChange()
    },
  }
}
