import { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { TcpLink } from '../gateways/sse/link.ts'
import type { Sink } from '../hub/wire.ts'
import { type End, plainAddress } from './proc-net.ts'

/** The port that the other side of a stream has; undefined where there is none, such as on a unix socket. */
export function remotePortOf(sink: Sink): number | undefined {
  return socketOf(sink)?.remotePort
}

/** Tells whether a stream is the socket between these two ends. */
export function isBetween(sink: Sink, local: End, remote: End): boolean {
  const socket = socketOf(sink)
  if (!socket || socket.remotePort !== remote.port || socket.localPort !== local.port) return false
  return isAddress(socket.remoteAddress, remote.address) && isAddress(socket.localAddress, local.address)
}

function isAddress(own: string | undefined, address: string): boolean {
  return own !== undefined && plainAddress(own) === address
}

function socketOf(sink: Sink): TcpLink | Socket | null {
  const own = sink.beneath ?? sink
  if (own instanceof TcpLink || own instanceof Socket) return own
  return own instanceof ServerResponse ? own.socket : null
}
