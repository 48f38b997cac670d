import mqttPacket, { type IPublishPacket } from 'mqtt-packet'
import type { MqttVersion } from './version.ts'

/**
 * Lets messages be dealt with as soon as their bytes are there. The client library hands over one message at a time,
 * and the next one when the last is acknowledged, so that a commit's time would stand between any two. This reads the same
 * bytes before it, so that all that came together are under way when the library asks for the first.
 */
export class ReadAhead {
  readonly #parser: ReturnType<typeof mqttPacket.parser>
  readonly #outcomes: Promise<void>[] = []

  /** `take` begins to deal with a message; what it returns resolves when that may be acknowledged. */
  constructor(version: MqttVersion, take: (packet: IPublishPacket) => Promise<void>) {
    this.#parser = mqttPacket.parser({ protocolVersion: version })
    this.#parser.on('packet', (packet) => {
      if (packet.cmd === 'publish') this.#outcomes.push(take(packet))
    })
    // The library meets the same fault, and ends the connection.
    this.#parser.on('error', () => undefined)
  }

  /** Reads bytes of the connection, before the library does. */
  push(bytes: Buffer): void {
    this.#parser.parse(bytes)
  }

  /** Returns the outcome of the message whose turn it is; to be called once for each. */
  next(): Promise<void> {
    // One that was not read here is not acknowledged; the broker sends it again.
    return this.#outcomes.shift() ?? new Promise(() => undefined)
  }
}
