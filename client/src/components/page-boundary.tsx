import { TriangleAlert } from 'lucide-react'
import { Component, Suspense, type ReactNode } from 'react'
import { useWords } from '../lib/language.ts'
import { Blank } from './blank.tsx'
import { Button } from './button.tsx'
import { RowSkeletons } from './row-skeletons.tsx'

/** Stands for a page while its code is fetched, and tells when that or the page itself failed. */
export class PageBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (this.state.failed) return <Broken />
    return <Suspense fallback={<Loading />}>{this.props.children}</Suspense>
  }
}

function Loading() {
  return (
    <div className="mx-auto w-full max-w-[1440px] p-4 sm:px-6">
      <RowSkeletons />
    </div>
  )
}

function Broken() {
  const { page } = useWords()
  return (
    <div className="flex h-full flex-col" role="alert">
      <Blank icon={<TriangleAlert aria-hidden className="size-5" />} title={page.broken} lead={page.brokenLead}>
        <Button onClick={() => location.reload()}>{page.reload}</Button>
      </Blank>
    </div>
  )
}
