import { hashToken } from './hash.ts'
import type { SignInLinks } from './sign-in-links.ts'

/** The other nodes, each of which keeps the codes that it has made. */
interface OtherNodes {
  others(): { node: string }[]
  questions: {
    answer(topic: string, answerer: (data: { [field: string]: unknown }) => { userId: string | null }): void
    ask(node: string, topic: string, data: { hash: string }): Promise<{ [field: string]: unknown }>
  }
}

/**
 * Redeems a code wherever it was made: behind a balancer it rarely comes back to the same node. What travels is its hash,
 * and only the node that has made it can end it, so it is good once.
 */
export function redeemAnywhere(links: SignInLinks, { others, questions }: OtherNodes) {
  questions.answer('redeem', ({ hash }) => ({ userId: links.redeemHash(String(hash)) }))

  return async (code: string): Promise<string | null> => {
    const own = links.redeem(code)
    if (own !== null) return own
    const asked = others().map(({ node }) => questions.ask(node, 'redeem', { hash: hashToken(code) }))
    for (const answer of await Promise.allSettled(asked)) {
      if (answer.status === 'fulfilled' && typeof answer.value['userId'] === 'string') return answer.value['userId']
    }
    return null
  }
}
