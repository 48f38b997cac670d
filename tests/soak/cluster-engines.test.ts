import { describeCluster } from '../contract/cluster.ts'
import { NATS, REDIS } from '../contract/engines.ts'

for (const kind of [REDIS, NATS]) describeCluster(kind)
