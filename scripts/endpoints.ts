import { describeApi } from '../server/routes/openapi.ts'
import { OPERATIONS } from '../shared/api.ts'
import { ENDPOINT_WORDS } from './endpoint-words.ts'

type Language = 'en' | 'tr'
type Access = (typeof OPERATIONS)[number]['access']

/** The guides, from the repository's root, and the language of each. */
export const GUIDES: readonly { file: string; language: Language }[] = [
  { file: 'integration_guide.md', language: 'en' },
  { file: 'integration_guide.tr.md', language: 'tr' },
]

const HEADS = { en: ['address', 'does', 'who'], tr: ['adres', 'ne yapar', 'kim'] } as const
const CALLERS: Record<Exclude<Access, 'open'>, Record<Language, string>> = {
  view: { en: 'viewer, admin', tr: 'izleyici, yönetici' },
  admin: { en: 'admin', tr: 'yönetici' },
  tokens: { en: 'admin, key with `tokens`', tr: 'yönetici, `tokens` izinli anahtar' },
}
/** What stands in no paper for machines: an upgrade, and those papers themselves. */
const BESIDE: Record<string, string> = {
  'get /ws': 'Opens a WebSocket, also at `/ws/<channel>`: follows, publishes, asks for history and who is there.',
  'get /openapi.json': 'All of this, for machines; `/docs` shows it to people.',
}

/** Returns every address as `method path`, with the words of its paper: those that others follow from come first. */
export function endpoints(): [name: string, summary: string][] {
  const described = Object.entries(describeApi('').paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary }]): [string, string] => [nameOf(method, path), summary]),
  )
  const all = new Map([...described, ...Object.entries(BESIDE)])
  const known = Object.keys(ENDPOINT_WORDS).filter((name) => all.has(name))
  return [...new Set([...known, ...all.keys()])].map((name) => [name, all.get(name)!])
}

function nameOf(method: string, path: string): string {
  return `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`
}

/** Returns the guide with its list of addresses as it should be, between the two comments that hold its place. */
export function withEndpoints(guide: string, language: Language): string {
  const list = /<!-- endpoints, made by `npm run docs` -->[\s\S]*<!-- end of endpoints -->/
  if (!list.test(guide)) throw new Error('the guide has no place for the list of addresses')
  const text = `<!-- endpoints, made by \`npm run docs\` -->\n\n${table(language)}\n<!-- end of endpoints -->`
  return guide.replace(list, () => text)
}

function table(language: Language): string {
  const rows = [HEADS[language], ['---', '---', '---'], ...endpoints().map((row) => cells(row, language))]
  return rows.map((row) => `| ${row.join(' | ')} |\n`).join('')
}

function cells([name, summary]: [string, string], language: Language): string[] {
  const [method = '', path = ''] = name.split(' ')
  // A test asks for the words that are missing; until then those of the schemas stand in.
  const text = (language === 'tr' && ENDPOINT_WORDS[name]?.tr) || summary
  return [`\`${method.toUpperCase()} ${path}\``, text, callers(name, language)]
}

function callers(name: string, language: Language): string {
  const who = ENDPOINT_WORDS[name]?.who
  if (who !== undefined) return who[language === 'en' ? 0 : 1]
  const access = OPERATIONS.find(({ method, path }) => `${method} ${path}` === name)?.access
  return access === undefined || access === 'open' ? '' : CALLERS[access][language]
}
