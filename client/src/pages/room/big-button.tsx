import type { ComponentProps } from 'react'
import { Button } from '../../components/button.tsx'

/** The one thing to do on a page that people see: as tall as a thumb. */
export function BigButton({ look = 'primary', className = '', ...props }: ComponentProps<typeof Button>) {
  return <Button look={look} className={`min-h-11 px-5 ${className}`} {...props} />
}
