import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ShieldQuestion } from 'lucide-react'
import { Blank } from '../../components/blank.tsx'
import { Button } from '../../components/button.tsx'
import { Notice } from '../../components/notice.tsx'
import { PageBody } from '../../components/page-body.tsx'
import { RowSkeletons } from '../../components/row-skeletons.tsx'
import { explainAccess, type Question } from '../../lib/access-api.ts'
import { usePageWords, useWords } from '../../lib/language.ts'
import { setParams, useSearch } from '../../lib/router.ts'
import { tellError } from '../../lib/tell-error.ts'
import { Answer } from './answer.tsx'
import { readDraft, toParams, toQuestion, type QuestionDraft } from './question.ts'
import { QuestionForm } from './question-form.tsx'
import { accessWords } from './words.ts'

const EXPLAIN = ['explain'] as const

/** Asks whether somebody may use a channel, and shows which rule decides. */
export function AccessPage() {
  const words = usePageWords(accessWords)
  const queries = useQueryClient()
  const search = useSearch()
  const asked = readDraft(new URLSearchParams(search))

  function ask(draft: QuestionDraft) {
    setParams(toParams(draft))
    // The same question again may have another answer by now.
    void queries.invalidateQueries({ queryKey: EXPLAIN })
  }

  return (
    <PageBody lead={words.lead}>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <QuestionForm search={search} onAsk={ask} />
        <section
          aria-label={words.answer}
          aria-live="polite"
          className="flex min-h-60 flex-col rounded-card border border-line bg-panel"
        >
          <Outcome question={toQuestion(asked)} />
        </section>
      </div>
    </PageBody>
  )
}

function Outcome({ question }: { question: Question | null }) {
  const words = useWords()
  const { emptyTitle, emptyLead } = usePageWords(accessWords)
  const answer = useQuery({
    queryKey: [...EXPLAIN, question],
    queryFn: () => explainAccess(question!),
    enabled: question !== null,
    // Settings and keys may have changed since it was last asked.
    staleTime: 0,
    gcTime: 0,
  })
  if (question === null) {
    return <Blank icon={<ShieldQuestion aria-hidden className="size-5" />} title={emptyTitle} lead={emptyLead} />
  }
  if (answer.isPending) return <RowSkeletons />
  if (answer.isSuccess) return <Answer question={question} answer={answer.data} />
  const again = (
    <Button size="small" onClick={() => void answer.refetch()}>
      {words.actions.retry}
    </Button>
  )
  return (
    <div className="p-4">
      <Notice meaning="bad" action={again}>
        {tellError(answer.error, words)}
      </Notice>
    </div>
  )
}
