/** Where the proof of who is asking comes from. */
export interface Tokens {
  /** Whether another token can be had once one was refused. */
  readonly renewable: boolean
  /** Resolves with a token that is asked for anew; null when the page's cookie speaks. */
  fresh(): Promise<string | null>
  /** Resolves with the one that was had last. */
  current(): Promise<string | null>
}

export interface TokenOptions {
  /** An end user's token or an API key; without it, and without `getToken`, the page's cookie speaks. */
  token?: string
  /** Asked for a token before each attempt to connect, and once more when one was refused. */
  getToken?: () => string | Promise<string>
}

export function createTokens({ token, getToken }: TokenOptions): Tokens {
  let last: string | null | undefined = getToken ? undefined : (token ?? null)
  const fresh = async () => (last = getToken ? await getToken() : (token ?? null))
  return {
    renewable: getToken !== undefined,
    fresh,
    current: async () => (last === undefined ? fresh() : last),
  }
}
