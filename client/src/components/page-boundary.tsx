import { Component, Suspense, type ReactNode } from 'react'
import { PageLoadError } from '../lib/page-load.ts'
import { PageBroken, PageMissing } from './page-missing.tsx'

interface PageBoundaryProps {
  /** Stands for the page while its code is fetched. */
  loading: ReactNode
  children: ReactNode
}

type Fault = 'none' | 'missing' | 'broken'

/** Stands for a page while its code is fetched, and tells when that or the page itself failed. */
export class PageBoundary extends Component<PageBoundaryProps, { fault: Fault }> {
  override state = { fault: 'none' as Fault }

  static getDerivedStateFromError(error: unknown): { fault: Fault } {
    return { fault: error instanceof PageLoadError ? 'missing' : 'broken' }
  }

  override render() {
    const { loading, children } = this.props
    if (this.state.fault === 'missing') return <PageMissing loading={loading} />
    if (this.state.fault === 'broken') return <PageBroken />
    return <Suspense fallback={loading}>{children}</Suspense>
  }
}
