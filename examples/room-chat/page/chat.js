import { createInbox } from './inbox.js'
import { nameOf } from './names.js'
import { createRooms } from './rooms.js'
import { listRooms, post } from './site.js'
import { $, drawButtons, drawItems } from './view.js'

/** @typedef {import('./conversation.js').Conversation} Conversation */

const ROOMS_EVERY_MS = 10_000
/** Nearer to the end than this, the newest line is kept in sight. */
const NEAR_END_PX = 80
const WORDS = {
  connecting: 'Connecting',
  live: 'Live',
  retrying: 'Connecting again',
  offline: 'Offline',
  stopped: 'Not connected',
}

/**
 * Shows the rooms and conversations of somebody who has come in, and does what they click.
 * @param {import('../../../client/src/realtime/index.ts').Client} client
 * @param {{ session: string, sub: string, name: string }} me
 */
export function startChat(client, me) {
  /** @type {{ name: string, members: number }[]} */
  let listed = []
  /** @type {Conversation | null} */
  let active = null
  let drawing = false
  const rooms = createRooms({ client, me: me.sub, receive, onChange })
  const inbox = createInbox({ client, me: me.sub, receive, onChange })

  function onChange() {
    if (drawing) return
    drawing = true
    // However much comes at once, the page is drawn once.
    setTimeout(() => {
      drawing = false
      draw()
    })
  }

  /**
   * @param {Conversation} conversation
   * @param {import('./conversation.js').Item} item
   */
  function receive(conversation, item) {
    const isNews = conversation.add(item) && item.kind === 'chat' && item.from !== me.sub
    if (isNews && conversation !== active) conversation.unread++
    onChange()
  }

  function draw() {
    drawState()
    drawConversations()
    const isRoom = active?.kind === 'room'
    $.title.textContent = active === null ? 'Choose a room' : isRoom ? active.name : nameOf(active.name)
    $.write.hidden = active === null
    $.leave.hidden = $['members-button'].hidden = !isRoom
    $['members-panel'].classList.toggle('none', !isRoom)
    $.empty.hidden = active === null || active.items.length > 0
    $.older.hidden = active === null || active.older === null
    const { scrollHeight, scrollTop, clientHeight } = $.scroll
    const atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END_PX
    drawItems($.items, active?.items ?? [], { me: me.sub, onRetry: ({ text }) => void send(text) })
    if (atEnd) $.scroll.scrollTop = $.scroll.scrollHeight
    drawMembers(active?.members ?? [])
  }

  function drawState() {
    const { status } = client.state
    $.state.dataset.status = status
    $.state.textContent = WORDS[status]
    $.retry.hidden = status !== 'stopped'
  }

  function drawConversations() {
    const badge = (/** @type {number} */ unread) => (unread > 0 ? { text: String(unread), className: 'unread' } : null)
    const names = [...new Set([...listed, ...rooms.all()].map(({ name }) => name))]
    const roomEntries = names.map((name) => {
      const mine = rooms.find(name)
      const members = mine?.members.length ?? listed.find((room) => room.name === name)?.members ?? 0
      const count = { text: String(members), className: 'quiet small' }
      return {
        key: name,
        text: name,
        badge: badge(mine?.unread ?? 0) ?? count,
        current: isShown(mine),
        click: () => open(name),
      }
    })
    const people = inbox.all().map((person) => {
      const { name, unread } = person
      return {
        key: name,
        text: nameOf(name),
        badge: badge(unread),
        current: isShown(person),
        click: () => look(person),
      }
    })
    drawButtons($.rooms, roomEntries)
    drawButtons($.people, people)
    $['people-empty'].hidden = people.length > 0
  }

  /** @param {Conversation['members']} members */
  function drawMembers(members) {
    $.count.textContent = members.length > 0 ? String(members.length) : ''
    $['members-button'].textContent = `Members ${members.length}`
    const entries = members.map(({ connectionId, userId, name = 'Somebody' }) => {
      if (userId === undefined) return { key: connectionId, text: name, click: null }
      const isMe = userId === me.sub
      return { key: userId, text: isMe ? `${name} (you)` : name, click: isMe ? null : () => look(inbox.person(userId)) }
    })
    drawButtons($.members, entries)
  }

  const isShown = (/** @type {Conversation | undefined} */ conversation) =>
    conversation !== undefined && conversation === active

  /** @param {Conversation} conversation */
  function look(conversation) {
    active = conversation
    conversation.unread = 0
    $['members-panel'].classList.remove('open')
    draw()
    $.scroll.scrollTop = $.scroll.scrollHeight
  }

  /** @param {string} room */
  function open(room) {
    look(rooms.join(room))
  }

  async function loadRooms() {
    listed = (await listRooms()) ?? listed
    onChange()
  }

  /** @param {string} text */
  async function send(text) {
    $.notice.hidden = true
    try {
      if (active?.kind === 'room') await rooms.say(active, text)
      else if (active) await post('/private', { session: me.session, to: active.name, text })
    } catch (error) {
      $.notice.textContent = /** @type {Error} */ (error).message
      $.notice.hidden = false
      $.write.elements.text.value ||= text
    }
  }

  /**
   * Calls `use` with what was written into a form's one field, and empties it.
   * @param {HTMLFormElement} form
   * @param {(text: string) => void} use
   */
  function onWritten(form, use) {
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      const [text = ''] = [...new FormData(form).values()].map((value) => String(value).trim())
      form.reset()
      if (text !== '') use(text)
    })
  }

  onWritten($.write, (text) => void send(text))
  onWritten($['open-room'], open)
  $.older.addEventListener('click', () => active && rooms.loadOlder(active))
  $.retry.addEventListener('click', () => client.retry())
  $.leave.addEventListener('click', () => {
    if (active) rooms.leave(active.name)
    active = null
    onChange()
  })
  $['members-button'].addEventListener('click', () => {
    const isOpen = $['members-panel'].classList.toggle('open')
    $['members-button'].ariaExpanded = String(isOpen)
  })
  client.onState(onChange)
  setInterval(() => document.visibilityState === 'visible' && void loadRooms(), ROOMS_EVERY_MS)
  $.me.textContent = me.name
  void loadRooms()
  open('lobby')
}
