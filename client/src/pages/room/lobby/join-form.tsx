import { useState, type FormEvent } from 'react'
import { Field } from '../../../components/field.tsx'
import { Notice } from '../../../components/notice.tsx'
import { PasswordInput } from '../../../components/password-input.tsx'
import type { JoinError } from '../../../call/index.ts'
import { usePageWords } from '../../../lib/language.ts'
import { BigButton } from '../big-button.tsx'
import { ownName } from '../own-choices.ts'
import { roomWords, type RoomWords } from '../words.ts'

const MAX_NAME = 60

interface JoinFormProps {
  name: string
  onName: (name: string) => void
  hasPasscode: boolean
  isJoining: boolean
  /** Why the last try failed, where the lobby says it; null before the first. */
  refusal: JoinError | null
  onJoin: (displayName: string, passcode: string) => void
}

/** A name, a passcode where the room has one, and the way in. */
export function JoinForm({ name, onName, hasPasscode, isJoining, refusal, onJoin }: JoinFormProps) {
  const { lobby, refusals } = usePageWords(roomWords)
  const [passcode, setPasscode] = useState('')
  const [sent, setSent] = useState<string | null>(null)
  const [tried, setTried] = useState(false)
  const asksPasscode = hasPasscode || refusal?.reason === 'passcode_required' || refusal?.reason === 'wrong_passcode'
  const nameFault = faultOfName(name, tried, lobby)
  const passcodeFault = sent === passcode && !isJoining ? faultOfPasscode(refusal, lobby) : undefined

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    const displayName = name.trim()
    if (displayName === '' || displayName.length > MAX_NAME || isJoining) return
    ownName.set(displayName)
    setSent(passcode)
    onJoin(displayName, asksPasscode ? passcode : '')
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {refusal && (refusal.reason === 'unreachable' || refusal.reason === 'invalid') && !isJoining && (
        <Notice meaning="bad">{refusals[refusal.reason]}</Notice>
      )}
      <Field label={lobby.name} help={lobby.nameHelp} fault={nameFault}>
        {({ control }) => (
          <input
            {...control}
            className={`${control.className} h-11`}
            value={name}
            onChange={(event) => onName(event.target.value)}
            autoComplete="name"
            maxLength={MAX_NAME + 1}
          />
        )}
      </Field>
      {asksPasscode && (
        <Field label={lobby.passcode} help={lobby.passcodeHelp} fault={passcodeFault}>
          {({ control }) => (
            <PasswordInput
              {...control}
              className={`${control.className} min-h-11`}
              value={passcode}
              onText={setPasscode}
              autoComplete="off"
              maxLength={128}
            />
          )}
        </Field>
      )}
      <BigButton type="submit" disabled={isJoining}>
        {isJoining ? lobby.joining : lobby.join}
      </BigButton>
    </form>
  )
}

function faultOfName(name: string, tried: boolean, lobby: RoomWords['lobby']): string | undefined {
  if (name.trim().length > MAX_NAME) return lobby.nameTooLong
  return tried && name.trim() === '' ? lobby.nameMissing : undefined
}

function faultOfPasscode(refusal: JoinError | null, lobby: RoomWords['lobby']): string | undefined {
  switch (refusal?.reason) {
    case 'passcode_required':
      return lobby.passcodeMissing
    case 'wrong_passcode':
      return lobby.passcodeWrong
    case 'too_many_tries':
      return lobby.tooManyTries(refusal.retryAfterSeconds)
    default:
      return undefined
  }
}
