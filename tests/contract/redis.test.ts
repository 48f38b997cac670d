import { REDIS } from './engines.ts'
import { describePromises } from './promises.ts'

describePromises(REDIS)
