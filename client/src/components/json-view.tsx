import { tokenizeJson, type TokenKind } from '../lib/json-tokens.ts'

const LOOKS: Record<TokenKind, string> = {
  key: 'text-accent-text',
  string: 'text-good-text',
  number: 'text-info-text',
  word: 'text-warn-text',
  other: 'text-ink-faint',
}

/** A value as indented JSON, its kinds told apart. */
export function JsonView({ text }: { text: string }) {
  return (
    <pre className="rounded-card border border-line bg-sunken p-3 font-mono text-small break-all whitespace-pre-wrap">
      <code>
        {tokenizeJson(text).map((token, i) => (
          <span key={i} className={LOOKS[token.kind]}>
            {token.text}
          </span>
        ))}
      </code>
    </pre>
  )
}
