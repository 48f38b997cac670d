/**
 * One line of a conversation.
 * @typedef {object} Item
 * @property {'chat' | 'notice'} kind
 * @property {string} [id] its position in the hub's log; absent while it is being sent, and for notices
 * @property {string} from who wrote it; empty for a notice
 * @property {string} text
 * @property {string} at ISO 8601
 * @property {'sent' | 'sending' | 'failed'} fate
 */

/** Most lines that are kept in the page. */
const MOST_ITEMS = 500

/**
 * A room, or what two people write to each other alone.
 * @param {'room' | 'person'} kind
 * @param {string} name the room's, or the other's id
 */
export function createConversation(kind, name) {
  /** @type {Item[]} */
  let items = []
  return {
    kind,
    name,
    unread: 0,
    /** @type {import('../../../client/src/realtime/index.ts').Member[]} */
    members: [],
    /** @type {string | null} where older messages begin; null for none */
    older: null,
    get items() {
      return items
    },
    /**
     * Adds a line at the end; false when it is there already.
     * @param {Item} item
     */
    add(item) {
      if (item.id !== undefined && items.some(({ id }) => id === item.id)) return false
      items = [...items, item].slice(-MOST_ITEMS)
      return true
    },
    /**
     * Adds lines of the past before all others, but for those that are there.
     * @param {Item[]} past the oldest first
     */
    addPast(past) {
      const known = new Set(items.map(({ id }) => id))
      items = [...past.filter(({ id }) => !known.has(id)), ...items]
    },
    /** Drops what the log has, to read it anew. */
    forget() {
      items = items.filter(({ id }) => id === undefined)
    },
  }
}

/** @typedef {ReturnType<typeof createConversation>} Conversation */

/**
 * A line that says what happened.
 * @param {string} text
 * @returns {Item}
 */
export function notice(text) {
  return { kind: 'notice', from: '', text, at: new Date().toISOString(), fate: 'sent' }
}

/**
 * A message of the hub as a line.
 * @param {any} message
 * @returns {Item}
 */
export function itemOf({ id, type, from, sender, text, timestamp }) {
  // A private message comes from the example's server, which says who has written it.
  return { kind: 'chat', id, from: type === 'private' ? sender : from, text: String(text), at: timestamp, fate: 'sent' }
}
