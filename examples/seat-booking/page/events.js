/**
 * @typedef {object} BookableEvent
 * @property {number} id
 * @property {string} title
 * @property {string} place
 * @property {number} seats
 * @property {number} availableSeats
 * @property {number} version grows with each change
 * @property {boolean} booked whether it is mine
 */

/** @type {Record<string, string>} */
const NEWS = {
  booking_created: 'A seat was booked',
  booking_cancelled: 'A seat came free',
  seat_update: 'Seats changed',
}
/** Most lines of news that are shown. */
const MOST_NEWS = 30

/**
 * Shows the events. Cards stay where they are, so that the focus does too.
 * @param {HTMLElement} list
 * @param {BookableEvent[]} events
 * @param {{ isOrganiser: boolean, act: (method: string, path: string, body?: object) => Promise<void> }} may
 */
export function drawEvents(list, events, { isOrganiser, act }) {
  const book = (/** @type {number} */ eventId) => act('POST', '/api/bookings', { eventId })
  const giveBack = (/** @type {number} */ eventId) => act('DELETE', `/api/bookings/${eventId}`)
  for (const event of events) {
    const card = list.querySelector(`[data-id="${event.id}"]`) ?? addCard(list, event.id)
    fill(card, event)
    const button = /** @type {HTMLButtonElement} */ (part(card, 'book'))
    button.onclick = () => void (event.booked ? giveBack(event.id) : book(event.id))
    const form = /** @type {HTMLFormElement} */ (part(card, 'organise'))
    form.hidden = !isOrganiser
    form.onsubmit = (submitted) => {
      submitted.preventDefault()
      const seats = Number(new FormData(form).get('seats'))
      void act('PATCH', `/api/bookable/${event.id}`, { seats })
    }
  }
}

/**
 * Adds a line about what somebody did.
 * @param {HTMLElement} feed
 * @param {{ type: string, availableSeats: number, timestamp: string }} message
 * @param {string} title
 */
export function showNews(feed, { type, availableSeats, timestamp }, title) {
  const words = NEWS[type]
  if (words === undefined) return
  const item = document.createElement('li')
  item.textContent = `${new Date(timestamp).toLocaleTimeString()}: ${words}, ${title}. ${availableSeats} left.`
  feed.prepend(item)
  feed.children[MOST_NEWS]?.remove()
}

/**
 * @param {HTMLElement} list
 * @param {number} id
 */
function addCard(list, id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById('event'))
  const card = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true))
  card.dataset.id = String(id)
  list.append(card)
  return card
}

/**
 * @param {Element} card
 * @param {BookableEvent} event
 */
function fill(card, { title, place, seats, availableSeats, booked }) {
  part(card, 'title').textContent = title
  part(card, 'place').textContent = place
  part(card, 'left').textContent = String(availableSeats)
  part(card, 'of').textContent = `left of ${seats}`
  part(card, 'bar').style.width = `${(100 * (seats - availableSeats)) / seats}%`
  const button = /** @type {HTMLButtonElement} */ (part(card, 'book'))
  button.textContent = booked ? 'Give my seat back' : availableSeats === 0 ? 'Sold out' : 'Book a seat'
  button.disabled = !booked && availableSeats === 0
  button.classList.toggle('main', !booked)
}

/**
 * @param {Element} card
 * @param {string} name
 */
function part(card, name) {
  return /** @type {HTMLElement} */ (card.querySelector(`[data-part="${name}"]`))
}
