import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { completionScript, type Words } from './completion-script.ts'

const ALL: Words[] = [
  {
    path: [],
    words: [
      { word: 'key', says: 'make, list and revoke' },
      { word: 'tail', says: '' },
    ],
  },
  {
    path: ['key'],
    words: [
      { word: 'create', says: 'it’s shown once' },
      { word: 'list', says: "the owner's" },
    ],
  },
  { path: ['key', 'create'], words: [{ word: '--scope', says: 'what it may do' }] },
]

/** What Bash offers when Tab is pressed behind these words. */
function offered(...words: string[]): string[] {
  const line = ['yayin', ...words].map((word) => `'${word}'`).join(' ')
  const program = `complete() { :; }\n${completionScript('bash', ALL)}
    COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _yayin; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', program], { encoding: 'utf8' })
    .split('\n')
    .filter((word) => word !== '')
}

it('offers Bash what can follow, whatever stands before it', () => {
  expect(offered('')).toEqual(['key', 'tail'])
  expect(offered('k')).toEqual(['key'])
  expect(offered('key', '')).toEqual(['create', 'list'])
  expect(offered('key', 'create', '--')).toEqual(['--scope'])
  expect(offered('key', 'create', 'shop', '--sc')).toEqual(['--scope'])
  expect(offered('nothing', 'x')).toEqual([])
})

it('keeps apostrophes from ending a quote, in any shell', () => {
  expect(completionScript('zsh', ALL)).toContain(`'list:the owner'\\''s'`)
  expect(completionScript('fish', ALL)).toContain(`-f -a list -d 'the owner'\\''s'`)
})

it('offers fish a word where its own command stands, and nowhere else', () => {
  const lines = completionScript('fish', ALL).split('\n')
  expect(lines.find((line) => line.includes('-l scope'))).toContain(
    `-n '__fish_seen_subcommand_from key; and __fish_seen_subcommand_from create'`,
  )
  expect(lines[0]).toContain(`-n 'not __fish_seen_subcommand_from key create' -f -a key -d 'make, list and revoke'`)
})
