import { LOCAL } from './engines.ts'
import { describePromises } from './promises.ts'

describePromises(LOCAL)
