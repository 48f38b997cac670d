import { useSyncExternalStore } from 'react'
import { withBase, withoutBase } from './base.ts'

const listeners = new Set<() => void>()

/** Who is asked before the page is left, and the address that it stays at meanwhile. */
let guard: { ask: (leave: () => void) => void; address: string; path: string } | null = null

function tell() {
  for (const listener of listeners) listener()
}

/** Asks before another page of the dashboard takes this one's place; returns how to stop. Parameters change freely. */
export function guardLeaving(ask: (leave: () => void) => void): () => void {
  const own = { ask, address: location.pathname + location.search, path: location.pathname }
  guard = own
  return () => {
    if (guard === own) guard = null
  }
}

/** Asks the guard, if there is one; true when the reader stays for now. */
function isHeld(path: string, go: () => void): boolean {
  const held = guard
  if (held === null || held.path === path) return false
  held.ask(() => {
    if (guard === held) guard = null
    go()
  })
  return true
}

function onHistory() {
  const wanted = location.pathname + location.search + location.hash
  // The browser has moved already: back to where the reader is, until they have answered.
  if (guard && isHeld(location.pathname, () => go(wanted))) history.pushState(null, '', guard.address)
  tell()
}

function subscribe(listener: () => void): () => void {
  // A hash that is typed or followed moves the history, too: `popstate` tells of it.
  if (listeners.size === 0) addEventListener('popstate', onHistory)
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) removeEventListener('popstate', onHistory)
  }
}

/** The path of the page's address, from the hub's root; renders again when it changes. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () => withoutBase(location.pathname))
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

/** Goes to another page of the dashboard, by its address from the hub's root: a new entry in the history. */
export function navigate(address: string): void {
  go(withBase(address))
}

/** Goes to an address of the site. */
function go(address: string): void {
  if (isHeld(new URL(address, location.href).pathname, () => go(address))) return
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
