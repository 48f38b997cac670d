import { posix } from 'node:path'

/**
 * Which part of the product may import what. Targets are paths from the top (`server/hub/hub.ts`), packages
 * (`npm:zod`) and Node's own modules (`node:fs`); a final `**` stands for anything below. What lies in the same
 * room is always allowed, and tests may import anything.
 * @typedef {object} Room
 * @property {string} room the folder or file; `*` is one folder, and each such folder a room of its own
 * @property {string[]} may
 * @property {string[]} [types] what may be imported as a type alone
 * @property {string[]} [never] exceptions from `may`
 * @property {string[]} [apart] names of files or folders in the room that must not know each other
 */

const PACKAGES = ['npm:**', 'node:**']
const SQL = ['npm:drizzle-orm/**', 'npm:pg/**', 'npm:@electric-sql/**']
const WEB = ['npm:express/**', 'npm:ws/**']

/** The first row that fits a file holds. @type {readonly Room[]} */
export const ROOMS = [
  { room: 'shared', may: ['npm:zod', 'npm:drizzle-orm', 'npm:drizzle-orm/pg-core'] },
  {
    room: 'server/hub',
    may: ['shared/**', ...PACKAGES],
    types: ['server/brokers/broker.ts'],
    never: [...SQL, ...WEB],
  },
  {
    room: 'server/brokers',
    may: ['shared/**', 'server/store/**', ...PACKAGES],
    never: WEB,
    apart: ['local', 'postgres', 'redis', 'nats'],
  },
  {
    room: 'server/gateways/*',
    may: ['shared/**', 'server/hub/**', 'server/auth/**', 'server/gateways/gateway.ts', ...PACKAGES],
    never: SQL,
  },
  {
    room: 'server/routes',
    may: [
      'shared/**',
      'server/hub/**',
      'server/store/**',
      'server/video/**',
      'server/auth/**',
      'server/webhooks/**',
      ...PACKAGES,
    ],
    never: [...SQL, 'npm:ws/**'],
  },
  {
    room: 'server/video',
    may: ['shared/**', 'server/hub/**', 'server/store/**', 'server/auth/**', ...PACKAGES],
    never: WEB,
  },
  {
    room: 'server/webhooks',
    may: ['shared/**', 'server/hub/**', 'server/store/**', 'server/version.ts', ...PACKAGES],
    never: [...SQL, ...WEB],
  },
  { room: 'server/auth', may: ['shared/**', 'server/store/**', ...PACKAGES], never: WEB },
  // Programs of their own that lie with what they change.
  { room: 'server/store/migrate-cli.ts', may: ['server/store/**', 'server/config.ts', ...PACKAGES] },
  { room: 'server/store/new-epoch-cli.ts', may: ['server/store/**', 'server/config.ts', ...PACKAGES] },
  { room: 'server/store', may: ['shared/**', ...PACKAGES], never: WEB },
  { room: 'server', may: ['shared/**', 'server/**', ...PACKAGES] },
  // Programs that speak to a hub from outside; the client library is theirs as a package.
  { room: 'cli', may: ['shared/**', 'server/**', ...PACKAGES], never: ['npm:express/**'] },
  { room: 'client/src/realtime', may: [], types: ['shared/**'] },
  {
    room: 'client/src/react',
    may: ['client/src/realtime/index.ts', 'npm:react'],
    types: ['shared/**'],
  },
  { room: 'client', may: ['shared/**', 'client/**', 'npm:**'] },
]

/**
 * Says what is wrong with an import; null when nothing is.
 * @param {string} file the importing file, from the top
 * @param {string} specifier as it is written
 * @param {boolean} typeOnly whether nothing of it is left at run time
 * @returns {string | null}
 */
export function faultOf(file, specifier, typeOnly) {
  if (/\.test\.tsx?$/.test(file)) return null
  const row = ROOMS.find(({ room }) => roomPattern(room).test(file))
  if (row === undefined) return null
  const target = targetOf(file, specifier)
  const home = roomPattern(row.room).exec(file)?.[1] ?? row.room
  if (fits(`${home}/**`, target))
    return knowsSibling(row, home, file, target) ? fault(home, specifier, 'a sibling') : null
  if (row.never?.some((pattern) => fits(pattern, target))) return fault(home, specifier, target)
  if (row.may.some((pattern) => fits(pattern, target))) return null
  if (!row.types?.some((pattern) => fits(pattern, target))) return fault(home, specifier, target)
  return typeOnly ? null : fault(home, specifier, `${target} (but for \`import type\`)`)
}

/** @param {string} home @param {string} specifier @param {string} target */
function fault(home, specifier, target) {
  return `'${specifier}': ${home} may not import ${target}; tests/lint/rooms.mjs says what it may.`
}

/** @param {string} room */
function roomPattern(room) {
  return new RegExp(`^(${room.replaceAll('.', '\\.').replaceAll('*', '[^/]+')})(/|$)`)
}

/** @param {string} file @param {string} specifier */
function targetOf(file, specifier) {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier)
  return specifier.startsWith('node:') ? specifier : `npm:${specifier}`
}

/** @param {string} pattern @param {string} target */
function fits(pattern, target) {
  if (!pattern.endsWith('**')) return target === pattern
  const start = pattern.slice(0, -2)
  return target.startsWith(start) || `${target}/` === start
}

/** @param {Room} row @param {string} home @param {string} file @param {string} target */
function knowsSibling({ apart = [] }, home, file, target) {
  const nameOf = (/** @type {string} */ path) => path.slice(home.length + 1).split(/[/.]/)[0] ?? ''
  return apart.includes(nameOf(file)) && apart.includes(nameOf(target)) && nameOf(file) !== nameOf(target)
}
