import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FakePeerConnection, turns } from '../../../tests/support/fake-peer-connection.ts'
import { createNegotiation, type Negotiation } from './negotiation.ts'
import { isAnswerTo } from './sdp.ts'

type Letter = { kind: 'offer' | 'answer' | 'candidate'; sdp: string }

/** One end, with the letters that it has sent and that nobody has brought yet. */
function makeEnd(polite: boolean) {
  const pc = new FakePeerConnection()
  const out: Letter[] = []
  const broken: unknown[] = []
  const negotiation: Negotiation = createNegotiation({
    pc,
    polite,
    send: ({ kind, sdp }) => {
      const text = sdp()
      if (text !== '') out.push({ kind, sdp: text })
    },
    beforeAnswer: () => Promise.resolve(),
    onBroken: (error) => broken.push(error),
  })
  return { pc, out, broken, negotiation }
}
type End = ReturnType<typeof makeEnd>

function receive({ negotiation }: End, letter: Letter) {
  if (letter.kind === 'offer') negotiation.receiveOffer(letter.sdp)
  else if (letter.kind === 'answer') negotiation.receiveAnswer(letter.sdp)
  else negotiation.receiveCandidate({ candidate: letter.sdp })
}

/** Brings everything that is under way to the other end, in order, until nothing is. */
async function settle(a: End, b: End) {
  for (let round = 0; round < 20; round++) {
    await Promise.all([a.negotiation.settled(), b.negotiation.settled()])
    const [fromA, fromB] = [a.out.splice(0), b.out.splice(0)]
    if (fromA.length + fromB.length === 0) return
    for (const letter of fromA) receive(b, letter)
    for (const letter of fromB) receive(a, letter)
  }
  throw new Error('they never agree')
}

function expectAgreed(a: End, b: End) {
  expect([a.pc.signalingState, b.pc.signalingState]).toEqual(['stable', 'stable'])
  expect([a.broken, b.broken]).toEqual([[], []])
  const descriptions = [a, b].map(({ pc }) => pc.currentLocalDescription!)
  const offerer = descriptions.findIndex(({ type }) => type === 'offer')
  const answerer = [b, a][offerer]!
  expect(answerer.pc.remoteDescription!.sdp).toBe(descriptions[offerer]!.sdp)
}

it('agrees when one side offers', async () => {
  const [a, b] = [makeEnd(false), makeEnd(true)]
  a.negotiation.offer()
  await settle(a, b)
  expectAgreed(a, b)
})

it('takes the impolite side’s offer when both offer at once', async () => {
  const [a, b] = [makeEnd(false), makeEnd(true)]
  a.negotiation.offer()
  b.negotiation.offer()
  await settle(a, b)
  expectAgreed(a, b)
  expect(a.pc.currentLocalDescription!.type).toBe('offer')
})

it('takes candidates again when the other side has answered after its own offer was passed over', async () => {
  const [a, b] = [makeEnd(false), makeEnd(true)]
  a.negotiation.offer()
  b.negotiation.offer()
  await Promise.all([a.negotiation.settled(), b.negotiation.settled()])
  b.out.push({ kind: 'candidate', sdp: 'of the offer that is passed over' })
  await settle(a, b)
  receive(a, { kind: 'candidate', sdp: 'of the answer' })
  await a.negotiation.settled()
  expect(a.pc.candidates).toEqual(['of the answer'])
})

it('passes over an answer when it is not to the offer that is out', async () => {
  const [a, b] = [makeEnd(false), makeEnd(true)]
  a.negotiation.offer()
  await a.negotiation.settled()
  const [first] = a.out.splice(0)
  receive(b, first!)
  await b.negotiation.settled()
  const [answer] = b.out.splice(0)
  receive(a, answer!)
  a.negotiation.offer()
  await a.negotiation.settled()
  receive(a, answer!)
  await a.negotiation.settled()
  expect(a.pc.signalingState).toBe('have-local-offer')
  expect(isAnswerTo(answer!.sdp, a.pc.localDescription!.sdp)).toBe(false)
  await settle(a, b)
  expectAgreed(a, b)
})

it('says that it is broken when a description cannot be applied', async () => {
  const { pc, negotiation, broken } = makeEnd(true)
  pc.setRemoteDescription = () => Promise.reject(new Error('m-lines in another order'))
  negotiation.receiveOffer('v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\n')
  await negotiation.settled()
  expect(broken).toHaveLength(1)
})

it('agrees whatever is offered, lost and repeated on the way', async () => {
  type Step = 'a offers' | 'b offers' | 'a loses' | 'b loses' | 'a to b' | 'b to a' | 'pause'
  const steps: Step[] = ['a offers', 'b offers', 'a loses', 'b loses', 'a to b', 'b to a', 'pause']
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...steps), { maxLength: 40 }), async (plan) => {
      const [a, b] = [makeEnd(false), makeEnd(true)]
      const ends = { a, b }
      a.negotiation.offer()
      for (const step of plan) {
        const [from, , to] = step.split(' ') as ['a' | 'b', string, 'a' | 'b']
        if (step.endsWith('offers')) ends[from].negotiation.offer()
        else if (step.endsWith('loses')) ends[from].out.shift()
        else if (step === 'pause') await turns(3)
        else for (const letter of ends[from].out.splice(0, 1)) receive(ends[to], letter)
      }
      await settle(a, b)
      // What a session does while an offer is out: it repeats it.
      for (let again = 0; again < 3; again++) {
        a.negotiation.repeatOffer()
        await settle(a, b)
        b.negotiation.repeatOffer()
        await settle(a, b)
      }
      expectAgreed(a, b)
    }),
    { numRuns: 300 },
  )
})
