import { NATS } from './engines.ts'
import { describePromises } from './promises.ts'

describePromises(NATS)
