import type { Client, State, StopReason } from 'yayin/client'
import type { Message } from '../shared/protocol.ts'
import { CliFailure, EXIT } from './failure.ts'
import { unreachable } from './hub-api.ts'
import type { HubAccess } from './hub-options.ts'

/** What is followed, and who hears of it. */
export interface Following {
  access: HubAccess
  channels: readonly string[]
  /** Position to begin behind; null for now. */
  since: string | null
  /** Reads what is to be shown before what comes; null for nothing. */
  readPast: (() => Promise<Message[]>) | null
  show: (message: Message) => void
  /** Hears what is worth knowing beside the messages. */
  note: (text: string) => void
  signal: AbortSignal
}

/**
 * Follows channels until the signal is aborted. The client library comes back by itself, with what was missed; it
 * rejects with a CliFailure when the hub says no, or is not there to begin with.
 */
export async function follow(following: Following): Promise<void> {
  const { signal, note } = following
  const client = await openClient(following)
  const take = showInOrder(following)
  client.onMessage((message) => take.message(message))
  client.onGap(({ reason }) => note(`Messages were missed, and are gone (${reason})`))
  client.onNotice((notice) => {
    if (notice.type === 'refused') note(`${notice.channel} may not be followed (${notice.code})`)
  })
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => resolve())
      let wasLive = false
      client.onState((state) => {
        if (state.status === 'stopped') return reject(stopped(state.reason, following.access))
        if (state.status === 'retrying' && !wasLive) return void explainAbsence(following.access).then(reject)
        const words = wordsFor(state, wasLive, following.access)
        if (words !== null) note(words)
        if (state.status !== 'live' || wasLive) return
        wasLive = true
        take.past().catch(reject)
      })
    })
  } finally {
    client.close()
  }
}

/** Opens the client library's own client; `since` stands in for what a page would have kept. */
async function openClient({ access: { url, key }, channels, since }: Following): Promise<Client> {
  const { createClient } = await import('yayin/client')
  return createClient({
    url,
    channels,
    maxAttempts: Infinity,
    ...(key !== null && { token: key }),
    ...(since !== null && {
      storageKey: 'tail',
      environment: { storage: { getItem: () => since, setItem: () => undefined } },
    }),
  })
}

/** Holds back what comes until the past is shown, and shows nothing twice. */
function showInOrder({ readPast, show }: Following) {
  let held: Message[] | null = readPast === null ? null : []
  return {
    message(message: Message): void {
      if (held === null) show(message)
      else held.push(message)
    },
    async past(): Promise<void> {
      if (held === null || readPast === null) return
      const past = await readPast()
      past.forEach(show)
      const shown = new Set(past.map(({ id }) => id))
      for (const message of held) if (message.id === undefined || !shown.has(message.id)) show(message)
      held = null
    },
  }
}

function wordsFor(state: State, wasLive: boolean, { url }: HubAccess): string | null {
  if (state.status === 'live')
    return wasLive ? 'Connected again; what was missed follows' : `Following ${url}; Ctrl-C ends`
  if (state.status !== 'retrying') return null
  return `Not connected; trying again in ${Math.max(0, (state.retryAt - Date.now()) / 1000).toFixed(1)} s`
}

/** The client tells that nothing came; the system tells why. */
async function explainAbsence({ url }: HubAccess): Promise<CliFailure> {
  try {
    const { status } = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5000) })
    const message = `The hub at ${url} opens no stream (readyz says ${status}); \`yayin doctor ${url}\` looks why`
    return new CliFailure(EXIT.unreachable, message)
  } catch (error) {
    return unreachable(url, error)
  }
}

function stopped(reason: StopReason, { key, url }: HubAccess): CliFailure {
  const hint = key === null ? 'give a key with --key or YAYIN_API_KEY' : 'use a key or token that may'
  if (reason === 'unauthorized') return new CliFailure(EXIT.refused, `${url} does not let this in; ${hint}`)
  if (reason === 'forbidden') return new CliFailure(EXIT.refused, `These channels may not be followed; ${hint}`)
  return new CliFailure(EXIT.failed, `The hub ended the connection (${reason})`)
}
