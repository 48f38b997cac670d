import { useState, type FormEvent } from 'react'
import { Field } from '../../components/field.tsx'
import { usePageWords } from '../../lib/language.ts'
import { navigate } from '../../lib/router.ts'
import { BigButton } from '../room/big-button.tsx'
import { roomIdFrom, roomPath } from '../room/room-address.ts'
import { Card } from './card.tsx'
import { roomsWords } from './words.ts'

/** Leads to a room by its link or its id. */
export function JoinByLink() {
  const { join } = usePageWords(roomsWords)
  const [text, setText] = useState('')
  const [isWrong, setIsWrong] = useState(false)

  function submit(event: FormEvent) {
    event.preventDefault()
    const roomId = roomIdFrom(text)
    setIsWrong(roomId === null)
    if (roomId !== null) navigate(roomPath(roomId))
  }
  return (
    <Card title={join.title}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <Field label={join.field} help={join.help} fault={isWrong ? join.fault : undefined}>
          {({ control }) => (
            <input
              {...control}
              className={`${control.className} h-11`}
              value={text}
              onChange={(event) => {
                setText(event.target.value)
                setIsWrong(false)
              }}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
            />
          )}
        </Field>
        <BigButton type="submit" look="secondary">
          {join.submit}
        </BigButton>
      </form>
    </Card>
  )
}
