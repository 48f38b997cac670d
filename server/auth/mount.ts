import type { IncomingMessage } from 'node:http'

/** Plain segments alone: a mount stands in pages and cookies, and two slashes would name another site. */
const MOUNT = /^(\/[\w.~%-]+)+$/

const mounts = new WeakMap<IncomingMessage, string>()

/** Tells whether pages can be served below `path`; the empty one is the root of the site. */
export function isMount(path: string): boolean {
  return path === '' || MOUNT.test(path)
}

/** Notes below which path of its site, or of an app, the hub got a request, whose own address no longer has it. */
export function setMount(req: IncomingMessage, path: string): void {
  mounts.set(req, path)
}

/** Tells whether that was noted of a request. */
export function hasMount(req: IncomingMessage): boolean {
  return mounts.has(req)
}

/** The path that everything of the hub lies below, as the client of `req` sees it; empty at the root. */
export function mountOf(req: IncomingMessage): string {
  return mounts.get(req) ?? ''
}
