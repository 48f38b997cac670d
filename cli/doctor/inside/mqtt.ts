import { connectAsync, ErrorWithReasonCode, type IClientOptions } from 'mqtt'
import type { Config } from '../../../server/config.ts'
import { readAddress } from '../../../server/gateways/mqtt/address.ts'
import { reasonOf } from '../../hub-api.ts'
import type { Finding } from '../finding.ts'

const TIMEOUT_MS = 5000

/** Connects to the MQTT broker with the server's own credentials, and goes again. */
export async function mqtt({ mqttUrl, mqttTopics }: Config): Promise<Finding[]> {
  if (mqttUrl === null) return []
  const { url, ...credentials } = readAddress(mqttUrl)
  const options: IClientOptions = { ...credentials, reconnectPeriod: 0, connectTimeout: TIMEOUT_MS }
  try {
    const client = await connectFirst(url, options)
    const granted = await client.subscribeAsync([...mqttTopics], { qos: 1 })
    await client.endAsync(true)
    const refused = granted.filter(({ qos }) => qos >= 128).map(({ topic }) => topic)
    if (refused.length === 0) return [{ check: 'MQTT', outcome: 'ok', says: `${url} takes us in` }]
    const change = ['allow these topics to this user in the broker’s access list, or take them out of MQTT_TOPICS']
    return [{ check: 'MQTT', outcome: 'fail', says: `${url} refuses ${refused.join(', ')}`, change, see: 'mqtt' }]
  } catch (error) {
    return [judge(url, error)]
  }
}

/** By MQTT 5, and by 3.1.1 with brokers that do not know it. */
async function connectFirst(url: string, options: IClientOptions) {
  try {
    return await connectAsync(url, { ...options, protocolVersion: 5 }, false)
  } catch (error) {
    if (isRefusal(error)) throw error
    return connectAsync(url, { ...options, protocolVersion: 4 }, false)
  }
}

/** What brokers say to wrong credentials: MQTT 3.1.1 §3.2.2.3, MQTT 5 §3.2.2.2. */
const REFUSALS: ReadonlySet<number> = new Set([4, 5, 0x86, 0x87])

function isRefusal(error: unknown): boolean {
  return error instanceof ErrorWithReasonCode && REFUSALS.has(error.code)
}

function judge(url: string, error: unknown): Finding {
  const change = isRefusal(error)
    ? ['correct user and password in MQTT_URL, percent-encoded']
    : ['start it, or correct MQTT_URL']
  const says = isRefusal(error) ? `${url} refuses the credentials` : `${url}: ${reasonOf(error)}`
  return { check: 'MQTT', outcome: 'fail', says, change, see: 'mqtt' }
}
