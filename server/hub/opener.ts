import { type ConnectedFrame, formatPosition, type Resume } from '../../shared/protocol.ts'
import type { LiveSettings } from '../../shared/settings.ts'
import type { CloseReason, Connection } from './connection.ts'
import { filterOf, hadBy, Replayer, type ReplayHost, type ReplayOutcome } from './replay.ts'
import type { ResumeCounts } from './resume-counts.ts'
import { certificate, planResume, type ResumePlan } from './resume.ts'

/** Mean of the reconnection time that clients are told, in milliseconds; each gets one of its own around it. */
const RETRY_MS = 2000

/** Tells the client what it gets; `offset` is the place just before what follows. */
export type Greet = (resume: Resume, offset: number) => void

/** What opening a connection needs of its hub. */
export interface OpenerHost extends ReplayHost {
  readonly settings: LiveSettings
  readonly resumes: ResumeCounts
  /** Brings this node up to where the log itself stands; rejects when that can not be told. */
  catchUp(): Promise<void>
  readonly observer: { replayFailed(connection: Connection, error: unknown): void }
  onSlow(connection: Connection): void
  /** Writes what has its place in the log, and was not written to the connections yet. */
  flush(): void
  remove(connection: Connection, reason: CloseReason): void
  /** Writes the position up to which a live connection has got everything. */
  tellPosition(connection: Connection): void
}

/** Gives a new connection its first frame and brings it up to date. */
export class Opener {
  readonly #host: OpenerHost
  readonly #replayer: Replayer

  constructor(host: OpenerHost) {
    this.#host = host
    this.#replayer = new Replayer(host)
  }

  /** Writes `connected`, at once for a connection that asked for nothing, and leads it through its replay. */
  open(connection: Connection, lastEventId: string | null): void {
    const plan = this.#plan(lastEventId, false)
    if (plan.kind === 'live') {
      connection.offset = this.#host.head
      this.#greet(connection, { status: 'none' }, connection.offset)
      return
    }
    connection.mode = 'opening'
    const greet: Greet = (resume, offset) => this.#greet(connection, resume, offset)
    connection.settled = this.#finish(connection, async () => {
      const outcome = await this.#catchUp(connection, plan, lastEventId, greet)
      // Spares the next resume what was read in this one, and other channels' traffic since. It is not the head itself:
      // what came in the last few steps may wait to be written.
      if (outcome === 'live') this.#host.tellPosition(connection)
      return outcome
    })
  }

  /**
   * Brings a live connection up to date on one channel that it does not follow yet: calls `greet`, writes what was
   * missed of it, and calls `follow` in the turn in which nothing is missing any more. One at a time per connection.
   */
  join(connection: Connection, channel: string, lastEventId: string, greet: Greet, follow: () => void): Promise<void> {
    const past = connection.over(channel)
    // A pattern that it follows may bring some of it as well.
    past.hasHad = hadBy(connection)
    past.mode = 'opening'
    connection.catchUp = past
    return this.#finish(connection, async () => {
      let outcome = await this.#catchUp(past, this.#plan(lastEventId, false), lastEventId, greet)
      while (outcome === 'live' && !this.#meetsHead(past, follow)) outcome = await this.#replayer.run(past)
      connection.catchUp = null
      connection.messagesSent += past.messagesSent
      connection.bytesSent += past.bytesSent
      return outcome
    })
  }

  /** Calls `follow` if nothing is missing, once what was read from the log can not be handed out again; tells whether. */
  #meetsHead(past: Connection, follow: () => void): boolean {
    this.#host.flush()
    const meets = past.mode === 'live' && past.offset >= this.#host.head
    if (meets) follow()
    else if (past.mode === 'live') past.mode = 'replaying'
    return meets || past.mode === 'closed'
  }

  async #finish(connection: Connection, work: () => Promise<ReplayOutcome>): Promise<void> {
    try {
      if ((await work()) === 'too_slow') this.#host.onSlow(connection)
    } catch (error) {
      // The history is away: without a word the client comes again by itself, and asks for the same.
      this.#host.observer.replayFailed(connection, error)
      this.#host.remove(connection, 'error')
    }
  }

  #plan(lastEventId: string | null, final: boolean): ResumePlan {
    const { epoch, head, history } = this.#host
    return planResume(lastEventId, { epoch, head, trimmed: history.trimmed(), final })
  }

  async #catchUp(
    connection: Connection,
    plan: ResumePlan,
    lastEventId: string | null,
    greet: Greet,
  ): Promise<ReplayOutcome> {
    // No gap is told on a guess: where the log can not be asked, the client comes again.
    if (plan.kind === 'ahead') await this.#host.catchUp()
    const settled = plan.kind === 'ahead' ? this.#plan(lastEventId, true) : plan
    if (settled.kind !== 'replay' || connection.mode === 'closed') return 'closed'
    return this.#replay(connection, settled, greet)
  }

  async #replay(
    connection: Connection,
    plan: Extract<ResumePlan, { kind: 'replay' }>,
    greet: Greet,
  ): Promise<ReplayOutcome> {
    connection.offset = plan.after
    const start = await this.#startOfNewest(connection)
    if (connection.mode === 'closed') return 'closed'
    if (start !== null) connection.offset = start
    const from = plan.gap?.from ?? formatPosition({ epoch: this.#host.epoch, offset: plan.after })
    const gap = start === null ? plan.gap : { reason: plan.gap?.reason ?? ('too_many' as const), from }
    const position = { epoch: this.#host.epoch, offset: connection.offset }
    const resume = certificate(gap, position)
    this.#host.resumes.note(resume)
    greet(resume, connection.offset)
    connection.mode = 'replaying'
    return this.#replayer.run(connection)
  }

  /** Finds where the replay has to begin when more was missed than may be replayed; null when all of it may. */
  async #startOfNewest(connection: Connection): Promise<number | null> {
    const limit = this.#host.settings.values.replay_max_messages
    const { head } = this.#host
    // Fewer messages in all channels than the limit: no need to count those of the connection's own.
    if (head - connection.offset <= limit) return null
    const query = { after: connection.offset, upTo: head, patterns: filterOf(connection).patterns }
    return this.#host.history.startOfNewest(query, limit)
  }

  #greet(connection: Connection, resume: Resume, offset: number): void {
    const frame: ConnectedFrame = {
      type: 'connected',
      connectionId: connection.id,
      channels: [...connection.channels],
      resume,
    }
    connection.startOffset = offset
    const id = formatPosition({ epoch: this.#host.epoch, offset })
    connection.send(connection.wire.frame(frame, { id, retryMs: spread(RETRY_MS) }))
  }
}

/** Returns `ms` changed by up to half of it either way, so that clients cut together do not come back together. */
export function spread(ms: number): number {
  return Math.round(ms * (0.5 + Math.random()))
}
