/** Versions of MQTT as the packets name them: 4 is 3.1.1. */
export type MqttVersion = 4 | 5

/** How a connection to the broker ended before it stood. */
export type ConnectFailure =
  /** The broker answered with this return or reason code. */
  | { kind: 'refused'; code: number }
  /** The broker ended the connection without an answer. */
  | { kind: 'cut' }
  /** Nobody was there, or it took too long. */
  | { kind: 'unreachable' }

/** What brokers say that do not know a version: MQTT 3.1.1 §3.2.2.3, MQTT 5 §3.2.2.2. */
const UNKNOWN_VERSION: ReadonlySet<number> = new Set([0x01, 0x84])

/** Returns the version to try next, after one failed; some brokers that do not know it just hang up. */
export function nextVersion(version: MqttVersion, failure: ConnectFailure): MqttVersion {
  const isUnknown = failure.kind === 'cut' || (failure.kind === 'refused' && UNKNOWN_VERSION.has(failure.code))
  if (!isUnknown) return version
  return version === 5 ? 4 : 5
}
