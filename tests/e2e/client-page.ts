import type { Client, createClient } from '../../client/src/realtime/index.ts'

/** What a test sees of the client that runs in a page. */
export interface Account {
  /** Offsets of the messages that the page has heard, in its order. */
  heard: number[]
  /** Each state that there was, its status and how it came to be. */
  states: string[]
  /** Transports that it has changed to. */
  notices: string[]
  gaps: number
}

/** How a page is to follow a hub; plain data, since it is handed to the page. */
export interface PageOptions {
  channel: string
  hub?: string
  token?: string
  transport?: 'auto' | 'sse' | 'ws'
  share?: boolean
  storageKey?: string
  maxAttempts?: number
}

/** The page's own window, with what {@link loadLibrary} and {@link followInPage} leave there. */
export interface PageWindow {
  library: { createClient: typeof createClient }
  account: Account
  client: Client
}

/** To be run in a page, as text: what transforms modules for the tests would change an import. */
export const loadLibrary = "import('/lib/client.js').then((library) => void Object.assign(window, { library }))"

/** Runs in a page that has the library: follows a channel, keeping account of what comes. Uses nothing of this module. */
export function followInPage({ channel, hub, ...options }: PageOptions): void {
  const page = window as unknown as PageWindow
  const account: Account = { heard: [], states: [], notices: [], gaps: 0 }
  const client = page.library.createClient({ ...options, ...(hub !== undefined && { url: hub }) })
  client.channel(channel).on('*', ({ id }) => account.heard.push(Number(id?.split('.')[1])))
  client.onState((state) =>
    account.states.push(state.status === 'live' ? `${state.status} ${state.transport}` : state.status),
  )
  client.onNotice((notice) => {
    if (notice.type === 'transport') account.notices.push(notice.transport)
  })
  client.onGap(() => account.gaps++)
  Object.assign(page, { account, client })
}

/** Runs in a page: what it has heard so far. */
export function accountOfPage(): Account {
  return (window as unknown as PageWindow).account
}

/** Runs in a page: for how long its connection has stood, in milliseconds; -1 while it does not. */
export function standsForMs(): number {
  const { state } = (window as unknown as PageWindow).client
  return state.status === 'live' ? Date.now() - state.since : -1
}
