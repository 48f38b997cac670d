import { describe, signOf } from './words.js'

const MOST_LINES = 60

/** @typedef {import('./words.js').MatchMessage} MatchMessage */

/**
 * The list of what happens, newest first: of all matches, or of one with its past.
 * @param {{ list: HTMLElement, empty: HTMLElement }} elements
 */
export function createFeed({ list, empty }) {
  /** @type {MatchMessage[]} */
  let events = []

  /** @param {MatchMessage} event */
  function lineOf(event) {
    const line = document.createElement('li')
    line.dataset.id = event.id
    line.dataset.type = event.type
    if (event.color) line.dataset.color = event.color
    line.append(
      element('span', 'minute quiet', `${event.minute}′`),
      element('span', 'sign', signOf(event)),
      element('span', 'what', describe(event)),
      element('span', 'where small quiet', `${event.home} ${event.score.join(' : ')} ${event.away}`),
    )
    line.children[1]?.setAttribute('aria-hidden', 'true')
    return line
  }

  function show() {
    list.hidden = events.length === 0
    empty.hidden = events.length > 0
  }

  return {
    /** @param {MatchMessage} event */
    add(event) {
      if (events.some(({ id }) => id === event.id)) return
      events = [event, ...events].slice(0, MOST_LINES)
      list.prepend(lineOf(event))
      while (list.children.length > MOST_LINES) list.lastElementChild?.remove()
      show()
    },
    /** @param {MatchMessage[]} all newest first */
    replace(all) {
      events = all.slice(0, MOST_LINES)
      list.replaceChildren(...events.map(lineOf))
      show()
    },
  }
}

/** @param {string} tag @param {string} className @param {string} text */
function element(tag, className, text) {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}
