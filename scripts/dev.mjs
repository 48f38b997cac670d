import './check-node.mjs'

const { prepareDependencies } = await import('./setup.mjs')
const { runPackage, signalRunning } = await import('./run.mjs')
await prepareDependencies()

// The terminal sends Ctrl-C to the whole group: here it is only waited for what the server makes of it.
process.on('SIGINT', () => undefined)
process.on('SIGTERM', () => signalRunning('SIGTERM'))
process.exitCode = await runPackage('tsx/dist/cli.mjs', ['watch', '--clear-screen=false', 'server/dev.ts'], {
  env: { NODE_ENV: 'development' },
})
