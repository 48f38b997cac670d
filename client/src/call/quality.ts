import type { Quality } from './snapshot.ts'

/** The figures of one reading that the next one is compared with. */
export interface Reading {
  atMs: number
  bytesReceived: number
  bytesSent: number
  packetsReceived: number
  packetsLost: number
  framesDecoded: number
}

/** A member of an `RTCStatsReport`, as far as it is looked at (W3C WebRTC Statistics). */
type Stat = Record<string, unknown> & { id: string; type: string; timestamp: number }
type Report = Iterable<[string, unknown]>

/** Reads a report; figures per second are those since `before`. Null while the connection has no way yet. */
export function readQuality(
  report: Report,
  before: Reading | null,
  cameraMid: string | null,
): { quality: Quality; reading: Reading } | null {
  const stats = [...report].map(([, stat]) => stat as Stat)
  const pair = selectedPair(stats)
  if (pair === undefined) return null
  const incoming = stats.filter(({ type }) => type === 'inbound-rtp')
  const camera = incoming.find((stat) => stat['mid'] === cameraMid)
  const reading: Reading = {
    atMs: pair.timestamp,
    bytesReceived: number(pair, 'bytesReceived'),
    bytesSent: number(pair, 'bytesSent'),
    packetsReceived: sum(incoming, 'packetsReceived'),
    packetsLost: sum(incoming, 'packetsLost'),
    framesDecoded: camera === undefined ? 0 : number(camera, 'framesDecoded'),
  }
  return { reading, quality: compare(stats, pair, camera, reading, before ?? reading) }
}

function compare(stats: Stat[], pair: Stat, camera: Stat | undefined, now: Reading, before: Reading): Quality {
  const seconds = Math.max(0.001, (now.atMs - before.atMs) / 1000)
  // Counters begin anew with a new connection.
  const grown = (key: keyof Reading) => Math.max(0, now[key] - before[key])
  const lost = grown('packetsLost')
  const lossRatio = lost === 0 ? 0 : lost / (lost + grown('packetsReceived'))
  const roundTrip = pair['currentRoundTripTime']
  const roundTripMs = typeof roundTrip === 'number' ? Math.round(roundTrip * 1000) : null
  return {
    level: levelOf(lossRatio, roundTripMs),
    lossRatio,
    roundTripMs,
    receivedBitsPerSecond: Math.round((grown('bytesReceived') * 8) / seconds),
    sentBitsPerSecond: Math.round((grown('bytesSent') * 8) / seconds),
    ...wayOf(stats, pair),
    picture: grown('framesDecoded') === 0 ? null : pictureOf(camera),
    framesDecoded: now.framesDecoded,
  }
}

/** What people notice: from 3 % loss on voices break up, above 300 ms they talk into each other. */
function levelOf(lossRatio: number, roundTripMs: number | null): Quality['level'] {
  if (lossRatio > 0.08 || (roundTripMs ?? 0) > 500) return 'poor'
  return lossRatio > 0.03 || (roundTripMs ?? 0) > 300 ? 'fair' : 'good'
}

function selectedPair(stats: Stat[]): Stat | undefined {
  const ids = new Set(stats.filter(({ type }) => type === 'transport').map((stat) => stat['selectedCandidatePairId']))
  const pairs = stats.filter(({ type }) => type === 'candidate-pair')
  // Firefox knows no such id, and marks the pair itself.
  return pairs.find(({ id }) => ids.has(id)) ?? pairs.find((pair) => pair['selected'] === true)
}

function wayOf(stats: Stat[], pair: Stat): Pick<Quality, 'route' | 'protocol'> {
  const local = stats.find(({ id }) => id === pair['localCandidateId'])
  const remote = stats.find(({ id }) => id === pair['remoteCandidateId'])
  if (local === undefined) return { route: null, protocol: null }
  const isRelayed = [local, remote].some((candidate) => candidate?.['candidateType'] === 'relay')
  const protocol = local['relayProtocol'] ?? local['protocol']
  return { route: isRelayed ? 'relay' : 'direct', protocol: typeof protocol === 'string' ? protocol : null }
}

function pictureOf(camera: Stat | undefined): Quality['picture'] {
  if (camera === undefined) return null
  const [width, height] = [number(camera, 'frameWidth'), number(camera, 'frameHeight')]
  return width === 0 ? null : { width, height, framesPerSecond: Math.round(number(camera, 'framesPerSecond')) }
}

function sum(stats: Stat[], key: string): number {
  return stats.reduce((total, stat) => total + number(stat, key), 0)
}

function number(stat: Stat, key: string): number {
  const value = stat[key]
  return typeof value === 'number' ? value : 0
}
