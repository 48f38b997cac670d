import { expect, it } from 'vitest'
import { readQuality } from './quality.ts'

interface Figures {
  atMs: number
  received?: number
  lost?: number
  bytes?: number
  frames?: number
}

/** A report as Chromium makes it. */
function report({ atMs, received = 0, lost = 0, bytes = 0, frames = 0 }: Figures) {
  const stats = [
    { id: 'T', type: 'transport', selectedCandidatePairId: 'P' },
    { id: 'O', type: 'candidate-pair', localCandidateId: 'other', bytesReceived: 5 },
    {
      ...{ id: 'P', type: 'candidate-pair', localCandidateId: 'L', remoteCandidateId: 'R' },
      ...{ bytesReceived: bytes, bytesSent: 2 * bytes, currentRoundTripTime: 0.042 },
    },
    { id: 'L', type: 'local-candidate', candidateType: 'srflx', protocol: 'udp' },
    { id: 'R', type: 'remote-candidate', candidateType: 'relay' },
    { id: 'A', type: 'inbound-rtp', mid: '0', packetsReceived: received, packetsLost: lost },
    { id: 'S', type: 'inbound-rtp', mid: '2', framesDecoded: 999 },
    { id: 'V', type: 'inbound-rtp', mid: '1', framesDecoded: frames, frameWidth: 640, frameHeight: 360 },
  ].map((stat) => ({ timestamp: atMs, ...stat }))
  return stats.map((stat) => [stat.id, stat] as [string, unknown])
}

function between(first: Figures, second: Figures) {
  const before = readQuality(report(first), null, '1')!
  return readQuality(report(second), before.reading, '1')!.quality
}

it('counts per second since the reading before', () => {
  const quality = between({ atMs: 1000, bytes: 1000 }, { atMs: 3000, bytes: 251_000 })
  expect(quality).toMatchObject({ receivedBitsPerSecond: 1_000_000, sentBitsPerSecond: 2_000_000, roundTripMs: 42 })
})

it.each([
  [0, 100, 'good'],
  [5, 95, 'fair'],
  [20, 80, 'poor'],
])('tells how bad it is when %i of 100 packets are lost', (lost, received, level) => {
  expect(between({ atMs: 0 }, { atMs: 1000, lost, received })).toMatchObject({ lossRatio: lost / 100, level })
})

it('reads the camera’s line alone for the picture', () => {
  expect(between({ atMs: 0 }, { atMs: 1000, frames: 20 })).toMatchObject({
    framesDecoded: 20,
    picture: { width: 640, height: 360 },
  })
  expect(between({ atMs: 0, frames: 20 }, { atMs: 1000, frames: 20 }).picture).toBeNull()
})

it('knows a relay on either side', () => {
  expect(between({ atMs: 0 }, { atMs: 1 })).toMatchObject({ route: 'relay', protocol: 'udp' })
})

it('finds the pair where the browser marks it, as Firefox does', () => {
  const stats = report({ atMs: 0 }).filter(([id]) => id !== 'T')
  const marked = stats.map(([id, stat]) => [id, { ...(stat as object), selected: id === 'P' }] as [string, unknown])
  expect(readQuality(marked, null, '1')!.quality.roundTripMs).toBe(42)
})

it('says nothing while there is no way yet', () => {
  expect(readQuality([], null, '1')).toBeNull()
})

it('does not go below nothing when a new connection counts from the start', () => {
  expect(between({ atMs: 0, bytes: 900, lost: 9 }, { atMs: 1000, bytes: 10 })).toMatchObject({
    receivedBitsPerSecond: 0,
    lossRatio: 0,
  })
})
