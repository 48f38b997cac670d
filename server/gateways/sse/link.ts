import type { Sink } from '../../hub/wire.ts'

/*
 * Most of what it costs to accept an event stream is Node's `net.Socket`: two stream states, their events, listeners and
 * ticks, made for bytes that come and go in any way, where a stream of events reads one request and then only writes. So a
 * stream keeps the handle below the socket alone, and does with it what Node's `net.js` does. These are no documented
 * properties: where one of them is missing, `canCarry` says no, connections go through Node's HTTP server, and all works
 * as before.
 */

/** One end of a connection. */
interface End {
  address: string
  port: number
}

/** A TCP connection of Node's, as far as it is used here. Numbers that are returned are errors, but for 0. */
export interface TcpHandle {
  onread: (bytes: ArrayBuffer | undefined) => void
  readStart(): number
  readStop(): number
  setNoDelay(on: boolean): number
  getpeername(into: Partial<End>): number
  getsockname(into: Partial<End>): number
  /** What the system does not take at once is written by and by, and `request` hears of the end. */
  writeBuffer(request: HandleRequest, bytes: Buffer): number
  writev(request: HandleRequest, all: readonly Buffer[], areBuffers: true): number
  /** Ends this side; what was written before goes out first. */
  shutdown(request: HandleRequest): number
  close(closed: () => void): void
}

/** Something that a handle is asked for and that takes its time. */
interface HandleRequest {
  oncomplete?: (status: number) => void
  /** Keeps the bytes alive until they are written. */
  bytes?: Buffer | readonly Buffer[]
}

/** What Node's own code has of its handles. */
interface StreamBinding {
  WriteWrap: new () => HandleRequest
  ShutdownWrap: new () => HandleRequest
  kReadBytesOrError: number
  kLastWriteWasAsync: number
  /** What the last call of a handle, or to it, has to say beside its result. */
  streamBaseState: Int32Array
}

/** Who hears of what happens on links. */
export interface LinkListener {
  bytes(link: TcpLink, bytes: Buffer): void
  close(link: TcpLink): void
}

/** Stands for what there is not; nobody makes links then. */
const NONE = {} as StreamBinding
const NAMES = ['getpeername', 'getsockname']
const METHODS = ['readStart', 'readStop', 'setNoDelay', 'writeBuffer', 'writev', 'shutdown', 'close', ...NAMES]
/** libuv's UV_EOF. */
const EOF = -4095
/** How long a link that ends may take to bring out its last bytes, and to hear that the other side has them. */
const END_GRACE_MS = 3000

const binding = findBinding()
const { WriteWrap, ShutdownWrap, kReadBytesOrError, kLastWriteWasAsync, streamBaseState: state } = binding ?? NONE
/** A write that the system takes at once leaves nothing on its request, so one serves for all of those. */
let spare: HandleRequest | null = null

function findBinding(): StreamBinding | null {
  try {
    const found = (process as unknown as { binding(name: string): Partial<StreamBinding> }).binding('stream_wrap')
    return isWhole(found) ? found : null
  } catch {
    // Node's permission model forbids it, for one.
    return null
  }
}

function isWhole(found: Partial<StreamBinding>): found is StreamBinding {
  const { WriteWrap, ShutdownWrap, kReadBytesOrError, kLastWriteWasAsync, streamBaseState } = found
  const areClasses = typeof WriteWrap === 'function' && typeof ShutdownWrap === 'function'
  const areIndexes = typeof kReadBytesOrError === 'number' && typeof kLastWriteWasAsync === 'number'
  return areClasses && areIndexes && streamBaseState instanceof Int32Array
}

/** Tells whether a handle can carry a link on this Node. */
export function canCarry(handle: unknown): handle is TcpHandle {
  if (binding === null || typeof handle !== 'object' || handle === null) return false
  return METHODS.every((name) => typeof (handle as Record<string, unknown>)[name] === 'function')
}

/** A TCP connection without a socket: what comes is told to a listener, what goes is counted until the system has it. */
export class TcpLink implements Sink {
  /** Bytes accepted but not yet taken by the system. */
  writableLength = 0
  isClosed = false
  /** Called once it has closed, for its second owner. */
  onGone: (() => void) | null = null
  readonly #handle: TcpHandle
  readonly #listener: LinkListener
  #address: string | undefined
  #port: number | undefined
  /** What is written after what is under way, or held; null while everything goes straight to the system. */
  #queue: Buffer[] | null = null
  /** Bytes of the write under way. */
  #underWay = 0
  #isEnding = false
  #isShut = false
  #hasOtherEnded = false

  /** `handle` has to be one that `canCarry` has said yes to. */
  constructor(handle: TcpHandle, listener: LinkListener) {
    this.#handle = handle
    this.#listener = listener
    handle.onread = (bytes) => this.#read(bytes)
    handle.readStart()
  }

  get remoteAddress(): string {
    if (this.#address !== undefined) return this.#address
    const name: Partial<End> = {}
    this.#handle.getpeername(name)
    this.#port = name.port
    return (this.#address = name.address ?? '')
  }

  /** Known once the address is. */
  get remotePort(): number | undefined {
    return this.#port
  }

  get localAddress(): string | undefined {
    return this.#askOwn().address
  }

  get localPort(): number | undefined {
    return this.#askOwn().port
  }

  /** Reads nothing until `resume`; what comes meanwhile stays with the system. */
  pause(): void {
    this.#handle.readStop()
  }

  resume(): void {
    if (!this.isClosed) this.#handle.readStart()
  }

  /** Gives the handle away, to be read by somebody else. */
  release(): TcpHandle {
    this.isClosed = true
    // Whoever begins to read what is being read already is told of an error.
    this.#handle.readStop()
    return this.#handle
  }

  /** Takes it for good: small writes leave at once, but what is written from now on is kept until `letGo`. */
  hold(): void {
    this.#handle.setNoDelay(true)
    this.#queue ??= []
  }

  /** Writes what was held, in one go. */
  letGo(): void {
    if (this.#underWay === 0) this.#next()
  }

  write(bytes: Buffer): boolean {
    if (this.isClosed || this.#isEnding) return false
    if (this.#queue === null) return this.#submit(bytes)
    this.#queue.push(bytes)
    this.writableLength += bytes.length
    return false
  }

  /** Closes once what was written has gone out and the other side has ended too, or after a few seconds. */
  end(): void {
    if (this.isClosed || this.#isEnding) return
    this.#isEnding = true
    setTimeout(() => this.destroy(), END_GRACE_MS).unref()
    this.letGo()
  }

  /** Closes at once. */
  destroy(): void {
    if (this.isClosed) return
    this.isClosed = true
    this.#queue = null
    this.#handle.close(() => {
      this.#listener.close(this)
      this.onGone?.()
    })
  }

  /** Seldom asked for, so not kept. */
  #askOwn(): Partial<End> {
    const name: Partial<End> = {}
    if (!this.isClosed) this.#handle.getsockname(name)
    return name
  }

  #read(bytes: ArrayBuffer | undefined): void {
    const count = state[kReadBytesOrError]!
    if (count > 0) this.#listener.bytes(this, Buffer.from(bytes!, 0, count))
    else if (count === EOF) this.#otherEnded()
    else if (count < 0) this.destroy()
  }

  #otherEnded(): void {
    this.#hasOtherEnded = true
    // Whoever only ended its own half still gets what is on its way.
    if (this.writableLength === 0) this.destroy()
    else this.end()
  }

  /** Hands bytes to the system; true when it took all of them. */
  #submit(bytes: Buffer): boolean {
    const request = (spare ??= new WriteWrap())
    const error = this.#handle.writeBuffer(request, bytes)
    return (error === 0 && state[kLastWriteWasAsync] === 0) || this.#await(error, request, bytes, bytes.length)
  }

  #submitAll(all: readonly Buffer[]): boolean {
    const request = (spare ??= new WriteWrap())
    const error = this.#handle.writev(request, all, true)
    return (error === 0 && state[kLastWriteWasAsync] === 0) || this.#await(error, request, all, lengthOf(all))
  }

  #await(error: number, request: HandleRequest, bytes: Buffer | readonly Buffer[], length: number): false {
    spare = null
    if (error !== 0) {
      // Not in this turn: whoever writes may be going through all connections.
      process.nextTick(() => this.destroy())
      return false
    }
    request.bytes = bytes
    request.oncomplete = (status) => this.#written(status)
    this.#underWay = length
    this.writableLength += length
    this.#queue ??= []
    return false
  }

  #written(status: number): void {
    if (this.isClosed) return
    if (status < 0) return this.destroy()
    this.writableLength -= this.#underWay
    this.#underWay = 0
    this.#next()
  }

  /** Goes on with what waits; ends this side when nothing does and that was asked for. */
  #next(): void {
    const queue = this.#queue
    this.#queue = null
    if (queue !== null && queue.length > 0) {
      this.writableLength -= lengthOf(queue)
      const isTaken = queue.length === 1 ? this.#submit(queue[0]!) : this.#submitAll(queue)
      if (!isTaken) return
    }
    if (this.#isEnding && !this.#isShut && !this.isClosed) this.#shutDown()
  }

  #shutDown(): void {
    // There is nothing left to hear, and the system brings out what it has taken.
    if (this.#hasOtherEnded) return this.destroy()
    this.#isShut = true
    const request = new ShutdownWrap()
    request.oncomplete = () => undefined
    if (this.#handle.shutdown(request) !== 0) this.destroy()
  }
}

function lengthOf(buffers: readonly Buffer[]): number {
  let length = 0
  for (const buffer of buffers) length += buffer.length
  return length
}
