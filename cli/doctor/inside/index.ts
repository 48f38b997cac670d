import type { Config } from '../../../server/config.ts'
import type { HubAccess } from '../../hub-options.ts'
import { type Finding, look } from '../finding.ts'
import { broker } from './broker.ts'
import { database } from './database.ts'
import { disk, fileLimit } from './machine.ts'
import { mqtt } from './mqtt.ts'
import { turn } from './turn.ts'

/** Looks at all that a server with this configuration needs, at once; what is found comes in a fixed order. */
export async function* lookInside(config: Config, access: HubAccess): AsyncGenerator<Finding> {
  const looks = [
    look('database', () => database(config)),
    look('broker', () => broker(config)),
    look('TURN', () => turn(config)),
    look('MQTT', () => mqtt(config)),
    look('disk', () => disk(config)),
    look('file limit', () => fileLimit(access)),
  ]
  for (const found of looks) yield* await found
}
