import type { Context, Engine } from './connection.ts'
import { createLeadership, type Leadership, type LoadedParts } from './leadership.ts'
import { createMatching } from './matching.ts'
import type { News } from './news.ts'
import { tabName } from './tab-name.ts'
import { type Bus, type Heard, openBus, tabLock } from './tab-talk.ts'

/** How often a tab looks after the one that holds the connection, in milliseconds. */
const LOOK_MS = 2500
/** How long that one may take to answer, in milliseconds. */
const ANSWER_MS = 3000

/**
 * Takes part in one connection for all tabs. One of them holds it, elected by a Web Lock, and hands on what it brings.
 * When that tab is gone, another one takes over from the smallest place that any of them has reached, and each passes over
 * what it has heard. One that holds the connection and does not answer is replaced.
 */
export function joinTabs(context: Context, parts: LoadedParts): Engine {
  const { openConnection, distance, matcher, watchSilence } = parts
  // Missing in old browsers, and on pages that came without TLS.
  if (!globalThis.navigator?.locks) return openConnection(context)
  const closing = new AbortController()
  const { signal } = closing
  const isAmong = createMatching(matcher)
  let name = ''
  let bus: Bus | null = null
  let leadership: Leadership | null = null
  /** The tab that holds the connection; what others bring is passed over. Null until it has been heard of. */
  let leader: string | null = null
  /** Grows with each time that this tab asks for the lock; only the last one counts. */
  let turn = 0
  /** Lets go of the lock. */
  let release = () => {}

  const watch = watchSilence(
    () => {
      bus?.say({ say: 'ping' })
      return ANSWER_MS
    },
    () => run({ steal: true }),
    LOOK_MS,
  )

  /** Hands news to this tab, unless they are for another one. */
  function tell(news: News, own: boolean) {
    if (news.kind === 'message' && !own && !isAmong(context.wanted().channels, news.message.channel)) {
      if (news.message.id !== undefined) context.tell({ kind: 'position', id: news.message.id })
      return
    }
    if (news.kind === 'gap' && !concerns(news.gap.to)) return
    context.tell(news)
  }

  /** Tells whether this tab lacks what lies before a place: it may have heard more than another one. */
  function concerns(to: string): boolean {
    const { current } = context.position
    return current === null || distance(current, to) > 0
  }

  function sayHere(isNew: boolean) {
    bus?.say({ say: 'here', wanted: context.wanted(), position: context.position.current, isNew })
  }

  function hear(heard: Heard) {
    if (heard.say === 'leading') follow(heard.from)
    if (leadership) return leadership.hear(heard)
    if (heard.say === 'welcome' && heard.to === bus?.id) {
      leader = heard.from
      for (const news of heard.news) context.tell(news)
    }
    if (heard.from !== leader) return
    watch.heard(false)
    if (heard.say === 'news') tell(heard.news, heard.own)
  }

  function follow(id: string) {
    const isNew = leader === null
    leader = id
    stepDown()
    sayHere(isNew)
  }

  function stepDown() {
    leadership?.stop()
    leadership = null
    release()
    watch.start()
  }

  /** Waits to be elected, or, by `steal`, takes the place of a tab that does not answer. */
  function run({ steal }: { steal: boolean }) {
    const mine = ++turn
    const hold = () => {
      if (bus === null || signal.aborted || mine !== turn) return
      watch.stop()
      leader = bus.id
      leadership = createLeadership({ context, parts, isAmong, name, bus, tell })
      return new Promise<void>((resolve) => (release = resolve))
    }
    const again = () => {
      if (signal.aborted || mine !== turn) return
      // Another tab has taken the lock away, having heard nothing of this one, or has said that it leads.
      if (leadership) stepDown()
      run({ steal: false })
    }
    navigator.locks.request(name, steal ? { steal } : { signal }, hold).then(again, again)
  }

  async function join(): Promise<void> {
    name = await tabName(context.hub, context.tokens.last ?? (await context.tokens.fresh()))
    if (signal.aborted) return
    bus = openBus(name, hear)
    const { id } = bus
    const untilClosed = new Promise((resolve) => signal.addEventListener('abort', resolve))
    // Others take this tab for gone when they can have the lock, so it is had before they hear of it.
    await new Promise<void>((resolve) => {
      const hold = () => {
        resolve()
        return untilClosed
      }
      void navigator.locks.request(tabLock(name, id), hold)
    })
    if (signal.aborted) return
    sayHere(true)
    watch.start()
    run({ steal: false })
  }

  // Where no token is to be had, a connection of one's own tries again, and tells how that goes.
  let own: Engine | null = null
  join().catch(() => {
    if (!signal.aborted) own = openConnection(context)
  })

  return {
    update() {
      const engine = own ?? leadership?.engine
      if (engine) engine.update()
      else sayHere(false)
    },
    retry() {
      const engine = own ?? leadership?.engine
      if (engine) engine.retry()
      else bus?.say({ say: 'retry' })
    },
    wake() {
      const engine = own ?? leadership?.engine
      if (engine) return engine.wake()
      bus?.say({ say: 'wake' })
      watch.check()
    },
    lose: () => (own ?? leadership?.engine)?.lose(),
    publish: (publication) => (own ?? leadership?.engine)?.publish(publication) ?? null,
    close() {
      closing.abort()
      watch.stop()
      own?.close()
      leadership?.stop()
      leadership = null
      release()
      bus?.close()
      context.tell({ kind: 'state', state: { status: 'stopped', reason: 'closed' } })
    },
  }
}
