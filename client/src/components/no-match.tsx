import { SearchX } from 'lucide-react'
import { useWords } from '../lib/language.ts'
import { Blank } from './blank.tsx'
import { Button } from './button.tsx'

/** Stands where rows would if search and filter left any. */
export function NoMatch({ onShowAll }: { onShowAll: () => void }) {
  const { list } = useWords()
  return (
    <Blank icon={<SearchX aria-hidden className="size-5" />} title={list.noMatch} lead={list.noMatchLead}>
      <Button size="small" onClick={onShowAll}>
        {list.showAll}
      </Button>
    </Blank>
  )
}
