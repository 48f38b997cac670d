/** Where the hub lies on its site, as its server has written it into the page: empty at the root, else `/a/path`. */
const BASE = globalThis.document?.documentElement.dataset.base ?? ''

/** Turns an address of the hub's own, from its root, into one of the site. */
export function withBase(address: string, base = BASE): string {
  return base + address
}

/** Turns a path of the site into the hub's own; one that lies elsewhere stays as it is. */
export function withoutBase(path: string, base = BASE): string {
  if (path === base) return '/'
  return path.startsWith(`${base}/`) ? path.slice(base.length) : path
}

/** The hub's whole address, without a slash at its end. */
export function hubUrl(): string {
  return location.origin + BASE
}
