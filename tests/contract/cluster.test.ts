import { describeCluster } from './cluster.ts'
import { POSTGRES } from './engines.ts'

describeCluster(POSTGRES)
