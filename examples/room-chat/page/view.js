import { nameOf } from './names.js'

/** @typedef {import('./conversation.js').Item} Item */

/** @type {any} elements of the page by their ids */
export const $ = new Proxy({}, { get: (_target, id) => document.getElementById(String(id)) })

/**
 * Makes an element with text in it; text is never read as HTML.
 * @param {string} name
 * @param {string} className
 * @param {string} text
 */
function element(name, className, text) {
  const made = document.createElement(name)
  made.className = className
  made.textContent = text
  return made
}

/**
 * @typedef {object} Entry
 * @property {string} key
 * @property {string} text
 * @property {{ text: string, className: string } | null} [badge]
 * @property {boolean} [current]
 * @property {(() => void) | null} click null for nothing to do
 */

/**
 * Shows a list of buttons; those that are there stay, and so does the focus.
 * @param {HTMLElement} list
 * @param {Entry[]} entries
 */
export function drawButtons(list, entries) {
  const known = new Map([...list.children].map((item) => [/** @type {HTMLElement} */ (item).dataset.key, item]))
  const items = entries.map((entry) => {
    const item = /** @type {HTMLElement} */ (known.get(entry.key) ?? element('li', '', ''))
    item.dataset.key = entry.key
    fillButton(
      /** @type {HTMLButtonElement} */ (item.firstElementChild ?? item.appendChild(element('button', '', ''))),
      entry,
    )
    return item
  })
  arrange(list, items)
}

/**
 * @param {HTMLButtonElement} button
 * @param {Entry} entry
 */
function fillButton(button, { text, badge = null, current = false, click }) {
  button.replaceChildren(element('span', '', text), ...(badge ? [element('span', badge.className, badge.text)] : []))
  button.ariaCurrent = current ? 'true' : null
  button.disabled = click === null
  button.onclick = click
}

/** @type {WeakMap<Item, HTMLElement>} */
const lines = new WeakMap()

/**
 * Shows the lines of a conversation; those that stand already stay, so that only new ones are announced.
 * @param {HTMLElement} list
 * @param {readonly Item[]} items
 * @param {{ me: string, onRetry: (item: Item) => void }} options
 */
export function drawItems(list, items, { me, onRetry }) {
  const wanted = items.map((item) => {
    const line = lines.get(item) ?? makeLine(item, me)
    lines.set(item, line)
    showFate(line, item, onRetry)
    return line
  })
  arrange(list, wanted)
}

/**
 * Makes a list hold exactly these, moving none that is where it belongs.
 * @param {HTMLElement} list
 * @param {HTMLElement[]} wanted
 */
function arrange(list, wanted) {
  const staying = new Set(/** @type {Element[]} */ (wanted))
  for (const child of [...list.children]) if (!staying.has(child)) child.remove()
  for (const [i, item] of wanted.entries()) {
    if (list.children[i] !== item) list.insertBefore(item, list.children[i] ?? null)
  }
}

/**
 * @param {Item} item
 * @param {string} me
 */
function makeLine({ kind, from, text, at }, me) {
  if (kind === 'notice') return element('li', 'notice', text)
  const line = element('li', from === me ? 'mine' : '', '')
  if (from !== me) line.append(element('span', 'who', nameOf(from)))
  const time = element('time', '', new Date(at).toLocaleTimeString([], { timeStyle: 'short' }))
  time.setAttribute('datetime', at)
  line.append(element('span', '', text), time)
  return line
}

/**
 * @param {HTMLElement} line
 * @param {Item} item
 * @param {(item: Item) => void} onRetry
 */
function showFate(line, item, onRetry) {
  line.querySelector('.fate')?.remove()
  if (item.fate === 'sent') return
  const fate = element('span', `fate ${item.fate}`, item.fate === 'sending' ? 'Sending' : 'Not sent ')
  if (item.fate === 'failed') {
    const again = element('button', 'plain small', 'Send again')
    again.onclick = () => onRetry(item)
    fate.append(again)
  }
  line.append(fate)
}
