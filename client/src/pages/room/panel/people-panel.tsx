import { Crown, Hand, Lock, LockOpen, Mic, MicOff, MonitorUp, UserX, Video, VideoOff, VolumeX } from 'lucide-react'
import { useState } from 'react'
import type { Person } from '../../../call/index.ts'
import { Button } from '../../../components/button.tsx'
import { usePageWords } from '../../../lib/language.ts'
import { useCall } from '../call/call-context.ts'
import { RoundButton } from '../round-button.tsx'
import { roomWords } from '../words.ts'
import { RemoveDialog } from './remove-dialog.tsx'

/** Who is in the room, and what the host can do about them. */
export function PeoplePanel() {
  const { snapshot } = useCall()
  const [removing, setRemoving] = useState<Person | null>(null)
  const { self, participants } = snapshot
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <ul className="min-h-0 flex-1 overflow-y-auto p-2">
        <Row person={self} isSelf onRemove={setRemoving} />
        {participants.map((person) => (
          <Row key={person.id} person={person} onRemove={setRemoving} />
        ))}
      </ul>
      {self.isHost && <LockSwitch />}
      {removing && <RemoveDialog person={removing} onClose={() => setRemoving(null)} />}
    </div>
  )
}

interface RowProps {
  person: Person
  isSelf?: boolean
  onRemove: (person: Person) => void
}

function Row({ person, isSelf = false, onRemove }: RowProps) {
  const { call: words } = usePageWords(roomWords)
  const { snapshot } = useCall()
  return (
    <li data-person={person.id} className="flex min-h-12 items-center gap-2 rounded-control px-2 hover:bg-hover">
      <span className="flex min-w-0 flex-1 items-center gap-2">
        <span className="truncate">{isSelf ? words.youNamed(person.displayName) : person.displayName}</span>
        {person.isHost && <Crown role="img" aria-label={words.host} className="size-4 shrink-0 text-warn-text" />}
      </span>
      <Signs person={person} />
      {snapshot.self.isHost && !isSelf && <HostButtons person={person} onRemove={onRemove} />}
    </li>
  )
}

function Signs({ person }: { person: Person }) {
  const { call, people } = usePageWords(roomWords)
  const Microphone = person.microphone ? Mic : MicOff
  const Camera = person.camera ? Video : VideoOff
  return (
    <span className="flex shrink-0 items-center gap-2 text-ink-soft *:size-4">
      {person.hand && <Hand role="img" aria-label={call.handUp} className="text-warn-text" />}
      {person.screen && <MonitorUp role="img" aria-label={people.sharing} className="text-accent-text" />}
      <Microphone
        role="img"
        aria-label={person.microphone ? people.micOn : people.micOff}
        className={person.microphone ? '' : 'text-bad-text'}
      />
      <Camera role="img" aria-label={person.camera ? people.camOn : people.camOff} />
    </span>
  )
}

function HostButtons({ person, onRemove }: { person: Person; onRemove: (person: Person) => void }) {
  const { people } = usePageWords(roomWords)
  const { call, attempt } = useCall()
  return (
    <span className="flex shrink-0">
      <RoundButton
        label={people.muteNamed(person.displayName)}
        look="ghost"
        disabled={!person.microphone}
        onClick={() => attempt(call.host.mute(person.id))}
      >
        <VolumeX aria-hidden className="size-4.5" />
      </RoundButton>
      <RoundButton label={people.removeNamed(person.displayName)} look="ghost" onClick={() => onRemove(person)}>
        <UserX aria-hidden className="size-4.5" />
      </RoundButton>
    </span>
  )
}

function LockSwitch() {
  const { controls, people } = usePageWords(roomWords)
  const { call, snapshot, attempt } = useCall()
  const { locked } = snapshot.room
  const Icon = locked ? LockOpen : Lock
  return (
    <div className="flex flex-col gap-1.5 border-t border-line p-3">
      <Button className="min-h-11" onClick={() => attempt(call.host.setLocked(!locked))}>
        <Icon aria-hidden className="size-4" />
        {locked ? controls.unlock : controls.lock}
      </Button>
      <p className="text-small text-ink-faint">{people.lockLead}</p>
    </div>
  )
}
