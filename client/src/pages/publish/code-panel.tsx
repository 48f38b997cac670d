import { useState } from 'react'
import { Choice } from '../../components/choice.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { usePageWords } from '../../lib/language.ts'
import { Card } from './card.tsx'
import { SAMPLE_LANGUAGES, type SampleLanguage, writeSample } from './code-samples.ts'
import type { PublishRequest } from './publish-api.ts'
import { publishWords } from './words.ts'
import { hubUrl } from '../../lib/base.ts'

/** The same message as code to copy; null while it is none. */
export function CodePanel({ request }: { request: PublishRequest | null }) {
  const { code: words } = usePageWords(publishWords)
  const [language, setLanguage] = useState<SampleLanguage>('curl')
  const code = request && writeSample(language, { ...request, origin: hubUrl() })
  return (
    <Card title={words.title} action={code !== null && <CopyButton text={code} />}>
      <div className="flex flex-col gap-3">
        <Choice
          label={words.title}
          choices={SAMPLE_LANGUAGES.map((value) => ({ value, label: words.languages[value] }))}
          chosen={language}
          onChoose={setLanguage}
        />
        {code === null ? (
          <p className="text-ink-faint">{words.invalid}</p>
        ) : (
          <>
            <pre
              data-testid="code"
              className="rounded-control border border-line bg-sunken p-3 font-mono text-small wrap-anywhere whitespace-pre-wrap"
            >
              {code}
            </pre>
            <p className="text-small text-ink-faint">{words.lead}</p>
          </>
        )}
      </div>
    </Card>
  )
}
