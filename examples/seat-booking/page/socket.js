/** Attempts that may fail in a row, and the bounds of the wait between them, in milliseconds. */
const MAX_ATTEMPTS = 5
const LEAST_MS = 1000
const MOST_MS = 30_000

/**
 * Follows channels of the hub over one WebSocket that comes back by itself and brings what was missed.
 * @param {object} options
 * @param {string} options.hubUrl
 * @param {string} options.first the channel that the address names: `/ws/<channel>`
 * @param {string[]} options.others channels that are followed beside it
 * @param {string} options.token
 * @param {(message: any) => void} options.onMessage
 * @param {(state: 'connecting' | 'live' | 'stopped' | 'signed-out') => void} options.onState
 * @param {() => void} options.onReload something was missed for good, or nothing is known yet: load the whole again
 */
export function follow({ hubUrl, first, others, token, onMessage, onState, onReload }) {
  /** @type {WebSocket} */
  let socket
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer
  let lastEventId = ''
  let failures = 0
  let closed = false

  function open() {
    onState('connecting')
    const address = new URL(`/ws/${first}`, hubUrl.replace(/^http/, 'ws'))
    address.searchParams.set('token', token)
    for (const channel of others) address.searchParams.append('channel', channel)
    if (lastEventId) address.searchParams.set('lastEventId', lastEventId)
    socket = new WebSocket(address)
    let retryMs = 0
    let mayReturn = true
    socket.onmessage = ({ data }) => {
      const frame = JSON.parse(data)
      if (frame.id) lastEventId = frame.id
      if (frame.type === 'connected') {
        failures = 0
        onState('live')
        if (frame.resume.status !== 'complete') onReload()
      } else if (frame.type === 'disconnect') {
        retryMs = frame.retryMs
        mayReturn = frame.reconnect
      } else if (frame.channel) onMessage(frame)
    }
    socket.onclose = ({ code }) => {
      if (closed) return
      // 1008: the token is not taken; 4003: it is over.
      if (code === 1008 || code === 4003) onState('signed-out')
      else if (!mayReturn || failures >= MAX_ATTEMPTS) onState('stopped')
      else again(retryMs)
    }
  }

  /** @param {number} retryMs what the server has asked for; 0 for nothing */
  function again(retryMs) {
    onState('connecting')
    const mostMs = Math.min(MOST_MS, LEAST_MS * 2 ** failures)
    failures++
    // Chance spreads those who were cut off at the same moment.
    timer = setTimeout(open, retryMs || Math.random() * mostMs)
  }

  open()
  return {
    retry() {
      failures = 0
      open()
    },
    close() {
      closed = true
      clearTimeout(timer)
      socket.close()
    },
  }
}
