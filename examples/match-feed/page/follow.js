/*
 * Two ways to the same messages. Either carries each message's id, so a cut, or a change from one way to the other, goes
 * on where the last message was.
 */

const CHANNEL = 'matches/*/events'
const LEAST_MS = 1000
const MOST_MS = 20_000

/**
 * @typedef {'ws' | 'sse'} Transport
 * @typedef {'connecting' | 'live'} State
 */

/**
 * Follows all matches until it is closed.
 * @param {object} options
 * @param {string} options.hubUrl
 * @param {Transport} options.transport
 * @param {string} options.lastEventId where to go on; empty for now
 * @param {() => Promise<string>} options.getToken
 * @param {(message: any) => void} options.onMessage
 * @param {(state: State) => void} options.onState
 * @param {() => void} options.onGap not all that was missed could be brought
 */
export function follow({ hubUrl, transport, lastEventId, getToken, onMessage, onState, onGap }) {
  let last = lastEventId
  let failures = 0
  let closed = false
  let cut = () => {}
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer

  /** @param {string} text @param {string} id the position that came with it */
  function take(text, id) {
    const frame = JSON.parse(text)
    last = frame.id ?? (id || last)
    if (frame.type === 'connected') {
      failures = 0
      onState('live')
      if (frame.resume.status === 'gap') onGap()
    } else if (frame.channel) onMessage(frame)
  }

  async function open() {
    onState('connecting')
    const token = await getToken().catch(() => null)
    if (closed) return
    if (token === null) return again()
    const path = transport === 'ws' ? '/ws' : '/api/events'
    const address = new URL(path, transport === 'ws' ? hubUrl.replace(/^http/, 'ws') : hubUrl)
    address.searchParams.set('channel', CHANNEL)
    address.searchParams.set('token', token)
    if (last) address.searchParams.set('lastEventId', last)
    cut = transport === 'ws' ? openSocket(address) : openEvents(address)
  }

  /** @param {URL} address */
  function openSocket(address) {
    const socket = new WebSocket(address)
    socket.onmessage = ({ data }) => take(data, '')
    socket.onclose = again
    return () => socket.close()
  }

  /** @param {URL} address */
  function openEvents(address) {
    const source = new EventSource(address)
    source.onmessage = ({ data, lastEventId: id }) => take(data, id)
    source.onerror = () => {
      // The browser comes back by itself, but for what the server refuses: a token that is over, say.
      if (source.readyState === EventSource.CLOSED) again()
      else if (!closed) onState('connecting')
    }
    return () => source.close()
  }

  function again() {
    if (closed) return
    onState('connecting')
    const pauseMs = Math.min(MOST_MS, LEAST_MS * 2 ** failures++) * (0.5 + Math.random() / 2)
    timer = setTimeout(() => void open(), pauseMs)
  }

  void open()
  return {
    /** Stops; returns where it was. */
    close() {
      closed = true
      clearTimeout(timer)
      cut()
      return last
    },
  }
}
