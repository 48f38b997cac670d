import { POSTGRES } from './engines.ts'
import { describePromises } from './promises.ts'

describePromises(POSTGRES)
