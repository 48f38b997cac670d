import type { ComponentProps, MouseEvent } from 'react'
import { withBase } from '../lib/base.ts'
import { navigate } from '../lib/router.ts'

/** A link to another page of the dashboard, followed without loading anew; with a modifier key, as browsers do. */
export function Link({ href, onClick, children, ...props }: ComponentProps<'a'> & { href: string }) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0
    if (elsewhere || event.defaultPrevented) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <a href={withBase(href)} onClick={follow} {...props}>
      {children}
    </a>
  )
}
