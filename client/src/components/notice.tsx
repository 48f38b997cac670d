import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const MEANINGS = {
  good: { icon: CircleCheck, look: 'border-good-line/40 bg-good-fill text-good-text' },
  warn: { icon: TriangleAlert, look: 'border-warn-line/40 bg-warn-fill text-warn-text' },
  bad: { icon: CircleAlert, look: 'border-bad-line/40 bg-bad-fill text-bad-text' },
} as const

interface NoticeProps {
  meaning: keyof typeof MEANINGS
  /** A button, at the right where there is room for it beside the words, else below them. */
  action?: ReactNode
  children: ReactNode
}

/** Says in a box how something went; read aloud when it appears. */
export function Notice({ meaning, action, children }: NoticeProps) {
  const { icon: Icon, look } = MEANINGS[meaning]
  return (
    <div
      role={meaning === 'good' ? 'status' : 'alert'}
      className={`flex flex-wrap items-start gap-2 rounded-control border px-3 py-2 text-row ${look}`}
    >
      <div className="flex min-w-0 flex-1 basis-64 items-start gap-2">
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        <div className="min-w-0 flex-1 break-words">{children}</div>
      </div>
      {action}
    </div>
  )
}
