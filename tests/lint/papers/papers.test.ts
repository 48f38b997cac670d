import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { SECTIONS } from '../../../cli/doctor/finding.ts'
import { ERRORS } from '../../../shared/errors.ts'
import { RESERVED_TYPES } from '../../../shared/protocol.ts'
import { readBlocks } from '../../support/snippets/blocks.ts'
import { anchorsOf, linksOf, pages, prose, ROOT } from './markdown.ts'

/** What others link to: the command line’s doctor, and whoever has kept an address. */
const STABLE = [...SECTIONS, 'six-connections', '401-loop', 'gaps', 'slow-consumer']
const GUIDES = ['integration_guide.md', 'integration_guide.tr.md'] as const

describe('the links of every page', () => {
  const links = pages().flatMap(linksOf)

  it('are found', () => {
    expect(pages().length).toBeGreaterThan(15)
    expect(links.length).toBeGreaterThan(100)
  })

  it('lead to files that are there', () => {
    expect(links.filter(({ file }) => !existsSync(join(ROOT, file)))).toEqual([])
  })

  it('lead to headings that are there', () => {
    const parts = links.filter(({ file, anchor }) => anchor !== '' && file.endsWith('.md'))
    expect(parts.length).toBeGreaterThan(30)
    expect(parts.filter(({ file, anchor }) => existsSync(join(ROOT, file)) && !anchorsOf(file).has(anchor))).toEqual([])
  })
})

it('explains every code of an error in the protocol, or among the video rooms', () => {
  const text = prose('docs/protocol.md') + prose('docs/video.md')
  expect(Object.keys(ERRORS).filter((code) => !text.includes(`\`${code}\``))).toEqual([])
})

it('names every type of the server’s own in the protocol', () => {
  const text = prose('docs/protocol.md')
  expect([...RESERVED_TYPES].filter((type) => !text.includes(`\`${type}\``))).toEqual([])
})

it('keeps the headings of the troubleshooting that others link to', () => {
  expect([...anchorsOf('docs/troubleshooting.md')]).toEqual(expect.arrayContaining(STABLE))
})

it('has the same code in every language of the guide', () => {
  const [english, other] = GUIDES.map((file) => {
    const blocks = readBlocks(file, readFileSync(join(ROOT, file), 'utf8'))
    return blocks
      .filter(({ language }) => language !== 'text')
      .map(({ language, code, notes }) => ({ language, code, notes }))
  })
  expect(english!.length).toBeGreaterThan(20)
  expect(other).toEqual(english)
})

it('has as many headings and rows in every language of the guide', () => {
  const [english, other] = GUIDES.map((file) => prose(file).match(/^(#+ |\|)/gm))
  expect(other).toEqual(english)
})

/** Where a page's short names of files begin. */
const FOLDERS = ['', 'server', 'client/src']

describe.each(['docs/architecture.md', 'docs/contributing.md', 'docs/security.md'])(
  'the files that %s names',
  (page) => {
    const text = readFileSync(join(ROOT, page), 'utf8')
    const named = [...text.matchAll(/`([\w.-]+\/[\w./-]+\.(?:tsx?|mjs))`/g)].map((match) => match[1]!)

    it('are there', () => {
      expect(named.length).toBeGreaterThan(0)
      const isThere = (file: string) => FOLDERS.some((folder) => existsSync(join(ROOT, folder, file)))
      expect(named.filter((file) => !isThere(file))).toEqual([])
    })
  },
)

describe('the walk of one message', () => {
  const rows = [
    ...readFileSync(join(ROOT, 'docs/contributing.md'), 'utf8').matchAll(/^\| \d+ \| `([\w./-]+)` \| (.+?) \|/gm),
  ]

  it.each(rows.map(([, file, names]) => [file!, names!]))('names what %s has', (file, names) => {
    const source = readFileSync(join(ROOT, file), 'utf8')
    const functions = [...names.matchAll(/`(\w+)\(\)`/g)].map((match) => match[1]!)
    expect(functions.length).toBeGreaterThan(0)
    expect(functions.filter((name) => !new RegExp(`\\b${name}\\b`).test(source))).toEqual([])
  })

  it('has its steps', () => {
    expect(rows.length).toBeGreaterThan(8)
  })
})
