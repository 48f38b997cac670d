import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

function tell() {
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  // A hash that is typed or followed moves the history, too: `popstate` tells of it.
  if (listeners.size === 0) addEventListener('popstate', tell)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) removeEventListener('popstate', tell)
  }
}

/** The path of the page's address; renders again when it changes. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname)
}

/** One parameter of the address, null while it is not there; renders again when it changes. */
export function useParam(name: string): string | null {
  return useSyncExternalStore(subscribe, () => new URLSearchParams(location.search).get(name))
}

/** The whole query of the address, `?a=b`; renders again when it changes. */
export function useSearch(): string {
  return useSyncExternalStore(subscribe, () => location.search)
}

/** One word of the address's hash (`#name=…`), which no server is sent; null while it is not there. */
export function useHash(name: string): string | null {
  return useSyncExternalStore(subscribe, () => new URLSearchParams(location.hash.slice(1)).get(name))
}

/** Takes the hash out of the address and the history. */
export function clearHash(): void {
  history.replaceState(history.state, '', location.pathname + location.search)
  tell()
}

/** Goes to another page of the dashboard: a new entry in the history. */
export function navigate(address: string): void {
  history.pushState(null, '', address)
  tell()
}

/** Changes parameters in place, null takes one out: for filters, which are no steps of their own to go back through. */
export function setParams(changes: Record<string, string | null>): void {
  history.replaceState(history.state, '', changed(changes))
  tell()
}

interface PanelEntry {
  panel: true
}

/** Opens what stands before the page, a dialog or a panel, so that Back closes it and its address can be sent on. */
export function openPanel(name: string, value = '1'): void {
  history.pushState({ panel: true } satisfies PanelEntry, '', changed({ [name]: value }))
  tell()
}

/** Closes it the way it was opened: back in the history, or in place when the reader came by its address. */
export function closePanel(name: string): void {
  if (isPanelEntry(history.state)) history.back()
  else setParams({ [name]: null })
}

function isPanelEntry(state: unknown): state is PanelEntry {
  return typeof state === 'object' && state !== null && 'panel' in state
}

function changed(changes: Record<string, string | null>): string {
  const params = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') params.delete(name)
    else params.set(name, value)
  }
  const query = params.toString()
  return location.pathname + (query === '' ? '' : `?${query}`) + location.hash
}
