/** A page's code did not come; the page itself may be fine. */
export class PageLoadError extends Error {
  constructor(cause: unknown) {
    super('the code of a page did not come', { cause })
    this.name = 'PageLoadError'
  }
}

/** Waits for the code of a page. @throws PageLoadError when it cannot be had */
export async function pageLoad<T>(code: Promise<T>): Promise<T> {
  try {
    return await code
  } catch (error) {
    throw new PageLoadError(error)
  }
}
