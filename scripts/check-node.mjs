// Runs on Node versions that are too old for everything else, so it is written with what they know.
import { readFileSync } from 'fs'

const wanted = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).engines.node
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

const fits = wanted.split('||').some((/** @type {string} */ range) => {
  const [, sign, wantedMajor, wantedMinor] = /([\^>=]+)(\d+)\.(\d+)/.exec(range) || []
  if (major === Number(wantedMajor)) return minor >= Number(wantedMinor)
  return sign === '>=' && major > Number(wantedMajor)
})

if (!fits) {
  process.stderr.write(`Yayın needs Node ${wanted}; this is Node ${process.versions.node}.\n`)
  process.exit(1)
}
