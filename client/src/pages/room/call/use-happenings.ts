import { useEffect, useRef } from 'react'
import type { CallSnapshot } from '../../../call/index.ts'
import { usePageWords } from '../../../lib/language.ts'
import { roomWords, type RoomWords } from '../words.ts'
import { type Happening, happeningsBetween } from './happenings.ts'
import type { Notes } from './notes.ts'

/** Says what happens in the call as it happens; lines of the chat only while it is out of sight. */
export function useHappenings(snapshot: CallSnapshot, notes: Notes, chatInSight: boolean): void {
  const { happenings: words } = usePageWords(roomWords)
  const before = useRef(snapshot)

  useEffect(() => {
    const news = happeningsBetween(before.current, snapshot)
    before.current = snapshot
    for (const happening of news) {
      if (happening.kind !== 'chat' || !chatInSight) notes.say(sayHappening(happening, words))
    }
  }, [snapshot, notes, words, chatInSight])
}

function sayHappening(happening: Happening, words: RoomWords['happenings']): string {
  if (happening.kind === 'chat') return words.chat(happening.name, happening.text)
  if ('name' in happening) return words[happening.kind](happening.name)
  return words[happening.kind]
}
