import { parseArgs } from 'node:util'

/**
 * How large the demo is, and where it runs.
 * @typedef {object} DemoOptions
 * @property {number} connections kept open
 * @property {number} rate messages a second, around which the load moves
 * @property {number} port 0 for any free one
 * @property {string | null} data folder that is kept; null for one that goes with the demo
 * @property {number} seed the same seed brings the same people and the same messages
 */

const HELP = `npm run demo -- [options]

Starts Yayın with a load that looks like a shop's, a match's and a chat's. Ctrl-C ends it.
  --connections 300  open connections
  --rate 20          messages a second, on average
  --port 3000        where it listens; 0 for any free port
  --data DIR         keeps what happens in DIR; without it nothing is kept
  --seed 1           the same seed brings the same people and messages
`

/**
 * Reads the command line; ends the process when it asks for help or can't be read.
 * @param {string[]} args
 * @returns {DemoOptions}
 */
export function readOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        help: { type: 'boolean', default: false },
        connections: { type: 'string', default: '300' },
        rate: { type: 'string', default: '20' },
        port: { type: 'string', default: '3000' },
        data: { type: 'string' },
        seed: { type: 'string', default: '1' },
      },
    })
    if (values.help) end(HELP, 0)
    return {
      connections: wholeNumber('connections', values.connections, 1, 100_000),
      rate: wholeNumber('rate', values.rate, 1, 10_000),
      port: wholeNumber('port', values.port, 0, 65_535),
      data: values.data ?? null,
      seed: wholeNumber('seed', values.seed, 0, 2 ** 32 - 1),
    }
  } catch (error) {
    return end(`${/** @type {Error} */ (error).message}\n\n${HELP}`, 2)
  }
}

/**
 * @param {string} name
 * @param {string} text
 * @param {number} min
 * @param {number} max
 */
function wholeNumber(name, text, min, max) {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= min && number <= max) return number
  throw new Error(`--${name} is ${JSON.stringify(text)}; allowed: a whole number from ${min} to ${max}`)
}

/**
 * @param {string} text
 * @param {number} code
 * @returns {never}
 */
function end(text, code) {
  ;(code === 0 ? process.stdout : process.stderr).write(text)
  process.exit(code)
}
