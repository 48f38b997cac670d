// Starts a worker thread whose program is TypeScript, as in tests and development: on Node 20 a worker's
// execArgv cannot bring in tsx. A build has no need of it.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.program)
