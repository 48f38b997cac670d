export interface TokenOptions {
  /** An end user's token or an API key; without it, and without `getToken`, the page's cookie speaks. */
  token?: string
  /** Asked for a token before each attempt to connect, and once more when one was refused. */
  getToken?: () => string | Promise<string>
}

/** Where the proof of who is asking comes from. */
export interface Tokens {
  /** Whether another token can be had once one was refused. */
  readonly renewable: boolean
  /** The one that was had last; null when the page's cookie speaks, undefined before the first. */
  last: string | null | undefined
  /** Resolves with a token that is asked for anew. */
  fresh(): Promise<string | null>
}

export function createTokens({ token, getToken }: TokenOptions): Tokens {
  const tokens: Tokens = {
    renewable: !!getToken,
    last: undefined,
    fresh: async () => (tokens.last = getToken ? await getToken() : (token ?? null)),
  }
  return tokens
}
