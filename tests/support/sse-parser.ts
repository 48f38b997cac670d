/** One event as a browser's EventSource would dispatch it. */
export interface SseEvent {
  type: string
  data: string
  /** The last event ID as it stood at this event. */
  lastEventId: string
}

/** Reads an event stream byte by byte the way WHATWG HTML §9.2.6 says, and keeps what it read. */
export class SseParser {
  readonly events: SseEvent[] = []
  readonly comments: string[] = []
  /** What a reconnect would send; it moves with every dispatched block, even one without data. */
  lastEventId = ''
  retryMs: number | null = null

  // The decoder also drops one leading byte order mark.
  readonly #decoder = new TextDecoder('utf-8')
  #rest = ''
  #afterCr = false
  #data = ''
  #type = ''
  #id = ''

  /** Takes the next bytes, cut wherever the network cut them. */
  push(chunk: Uint8Array): void {
    let text = this.#decoder.decode(chunk, { stream: true })
    if (text === '') return
    // A CR LF that was cut in two is one end of line.
    if (this.#afterCr && text.startsWith('\n')) text = text.slice(1)
    this.#afterCr = text.endsWith('\r')
    const lines = (this.#rest + text).split(/\r\n|\n|\r/)
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#line(line)
  }

  #line(line: string): void {
    if (line === '') return this.#dispatch()
    const colon = line.indexOf(':')
    if (colon === 0) this.comments.push(line.slice(1))
    else if (colon < 0) this.#field(line, '')
    else this.#field(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''))
  }

  #field(name: string, value: string): void {
    if (name === 'event') this.#type = value
    else if (name === 'data') this.#data += `${value}\n`
    else if (name === 'id' && !value.includes('\0')) this.#id = value
    else if (name === 'retry' && /^[0-9]+$/.test(value)) this.retryMs = Number(value)
  }

  #dispatch(): void {
    this.lastEventId = this.#id
    if (this.#data !== '') {
      const data = this.#data.slice(0, -1)
      this.events.push({ type: this.#type || 'message', data, lastEventId: this.#id })
    }
    this.#data = ''
    this.#type = ''
  }
}
