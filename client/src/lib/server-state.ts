import { withBase } from './base.ts'

/** How the server stands to the page that is open: away, of another release, or of the same one. */
export type ServerState = 'away' | 'updated' | 'same'

/** How long the answer may take. */
const ASK_MS = 5000

/** Asks the server for the dashboard's page, and compares it with the one that is open. */
export async function askServerState(): Promise<ServerState> {
  const script = document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? ''
  try {
    const init = { cache: 'no-store', headers: { accept: 'text/html' }, signal: AbortSignal.timeout(ASK_MS) } as const
    const response = await fetch(withBase('/'), init)
    return stateBy(response.ok ? await response.text() : '', script)
  } catch {
    return 'away'
  }
}

/** Compares by `script`, the first one's address: it changes with its content. What a proxy shows is no such page. */
export function stateBy(html: string, script: string): ServerState {
  if (!html.includes('<div id="root">')) return 'away'
  return html.includes(`"${script}"`) ? 'same' : 'updated'
}
