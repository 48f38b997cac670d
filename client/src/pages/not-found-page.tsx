import { Compass } from 'lucide-react'
import { Blank } from '../components/blank.tsx'
import { Link } from '../components/link.tsx'
import { useWords } from '../lib/language.ts'

/** Shown at an address that no page has. */
export function NotFoundPage() {
  const { page } = useWords()
  return (
    <div className="flex h-full flex-col">
      <Blank icon={<Compass aria-hidden className="size-5" />} title={page.notFound} lead={page.notFoundLead}>
        <Link href="/" className="rounded-control text-row font-medium text-accent-text underline underline-offset-2">
          {page.home}
        </Link>
      </Blank>
    </div>
  )
}
