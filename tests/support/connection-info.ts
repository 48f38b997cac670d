import type { ConnectionInfo } from '../../shared/api.ts'

/** Builds the description of a connection. */
export function describedConnection(info: Partial<ConnectionInfo> & { id: string }): ConnectionInfo {
  const owner = { userId: null, name: null, ip: '192.0.2.1', userAgent: 'test' }
  const traffic = { lastPosition: 'e.0', messagesSent: 0, bytesSent: 0, bufferedBytes: 0 }
  const place = { transport: 'sse', channels: ['broadcast'], connectedAt: '2026-11-20T22:24:00.123Z', node: 'n1' }
  return { ...owner, ...traffic, ...place, ...info }
}
