import { CircleCheck, CircleX } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Explanation, Question } from '../../lib/access-api.ts'
import { usePageWords } from '../../lib/language.ts'
import { accessWords } from './words.ts'

/** Yes or no, and which rule decided. */
export function Answer({ question, answer }: { question: Question; answer: Explanation }) {
  const words = usePageWords(accessWords)
  const { allowed, rule, detail } = answer
  const Icon = allowed ? CircleCheck : CircleX
  return (
    <div className="flex flex-col gap-4 p-4">
      <p
        className={`flex items-center gap-2 text-figure font-semibold tracking-tight ${allowed ? 'text-good-text' : 'text-bad-text'}`}
        data-testid="verdict"
      >
        <Icon aria-hidden className="size-6 shrink-0" />
        {allowed ? words.allowed : words.refused}
      </p>
      <dl className="flex flex-col gap-3 text-row">
        <Fact name={words.actions[question.action]}>
          <code className="font-mono text-small break-all">{question.channel}</code>
        </Fact>
        <Fact name={words.rule}>
          {rule === null ? (
            words.noRule
          ) : (
            <>
              {words.rules[rule]} <code className="font-mono text-small text-ink-faint">{rule}</code>
            </>
          )}
        </Fact>
        <Fact name={words.detail}>
          <span lang="en">{detail}</span>
        </Fact>
      </dl>
    </div>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-small text-ink-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </div>
  )
}
