/** What an event stream says, in its order. */
export interface SseEvents {
  /** An event with its data, several lines joined, and the last event ID as of it; empty for none. */
  event(data: string, lastEventId: string): void
  /** The last event ID was set without an event. */
  position(lastEventId: string): void
  comment(): void
}

/**
 * Creates a reader of an event stream (WHATWG HTML §9.2.6), to be called with its bytes as they come, however they are
 * cut. Event types and reconnection times are passed over: the hub uses none.
 */
export function createSseParser({ event, position, comment }: SseEvents): (bytes: Uint8Array) => void {
  // Takes a byte order mark off the start.
  const decoder = new TextDecoder()
  let rest = ''
  let afterReturn = false
  let data: string[] = []
  let lastEventId = ''
  let moved = false

  function line(text: string) {
    if (text === '') return dispatch()
    if (text.startsWith(':')) return comment()
    const [, field = '', value = ''] = /^([^:]*)(?:: ?)?([^]*)$/.exec(text) ?? []
    if (field === 'data') data.push(value)
    if (field === 'id' && !value.includes('\0')) {
      lastEventId = value
      moved = true
    }
  }

  function dispatch() {
    if (data.length > 0) event(data.join('\n'), lastEventId)
    else if (moved) position(lastEventId)
    data = []
    moved = false
  }

  return (bytes) => {
    let text = decoder.decode(bytes, { stream: true })
    if (text === '') return
    // A line feed that was cut off from its carriage return ends no further line.
    if (afterReturn && text.startsWith('\n')) text = text.slice(1)
    afterReturn = text.endsWith('\r')
    const lines = (rest + text).split(/\r\n?|\n/)
    rest = lines.pop() ?? ''
    for (const each of lines) line(each)
  }
}
