import { Eye, EyeOff } from 'lucide-react'
import { useState, type ComponentProps } from 'react'
import { useWords } from '../lib/language.ts'
import { IconButton } from './button.tsx'

interface PasswordInputProps extends Omit<ComponentProps<'input'>, 'type' | 'onChange'> {
  onText: (text: string) => void
}

/** A password that can be looked at while it is typed, so that it need not be typed twice. */
export function PasswordInput({ className = '', onText, ...props }: PasswordInputProps) {
  const { actions } = useWords()
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <div className="relative">
      <input
        {...props}
        type={shown ? 'text' : 'password'}
        onChange={(event) => onText(event.target.value)}
        autoCapitalize="none"
        spellCheck={false}
        className={`${className} h-9 pr-10`}
      />
      <IconButton
        label={shown ? actions.hidePassword : actions.showPassword}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute top-0.5 right-0.5"
      >
        <Icon aria-hidden className="size-4" />
      </IconButton>
    </div>
  )
}
