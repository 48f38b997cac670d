import { Lock, Users } from 'lucide-react'
import { useState } from 'react'
import type { JoinError } from '../../../call/index.ts'
import { usePageWords } from '../../../lib/language.ts'
import { ownName } from '../own-choices.ts'
import type { RoomGlimpse } from '../room-api.ts'
import { RoomShell } from '../room-shell.tsx'
import { roomWords } from '../words.ts'
import { DeviceNotices } from './device-notice.tsx'
import { JoinForm } from './join-form.tsx'
import { LobbyChoices } from './lobby-choices.tsx'
import type { LobbyDevices } from './lobby-devices.ts'
import { Preview } from './preview.tsx'
import { type Lobby as LobbyState, useLobbyDevices } from './use-lobby-devices.ts'

/** What somebody joins with. */
export interface Entrance {
  displayName: string
  passcode: string
  devices: LobbyDevices
}

interface LobbyProps {
  room: RoomGlimpse
  isJoining: boolean
  refusal: JoinError | null
  onJoin: (entrance: Entrance) => void
}

/** Before the call: one sees oneself, chooses devices, and says who one is. */
export function Lobby({ room, isJoining, refusal, onJoin }: LobbyProps) {
  const { lobby: words } = usePageWords(roomWords)
  const lobby = useLobbyDevices()
  const [name, setName] = useState(ownName.current)
  return (
    <RoomShell>
      <main className="mx-auto grid w-full max-w-270 flex-1 content-center gap-x-10 gap-y-6 px-4 pb-10 lg:grid-cols-[minmax(0,8fr)_minmax(0,5fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Preview lobby={lobby} name={name} isJoining={isJoining} />
          <DeviceNotices snapshot={lobby.snapshot} onRetry={() => retry(lobby)} />
        </div>
        <div className="flex min-w-0 flex-col justify-center gap-5 lg:row-span-2 lg:pb-24">
          <RoomHead room={room} />
          <p className="text-ink-soft">{words.lead}</p>
          <JoinForm
            name={name}
            onName={setName}
            hasPasscode={room.hasPasscode}
            isJoining={isJoining}
            refusal={refusal}
            onJoin={(displayName, passcode) => onJoin({ displayName, passcode, devices: lobby.devices })}
          />
        </div>
        <LobbyChoices lobby={lobby} />
      </main>
    </RoomShell>
  )
}

function RoomHead({ room }: { room: RoomGlimpse }) {
  const { call } = usePageWords(roomWords)
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <h1 className="text-figure font-semibold tracking-tight break-words">{room.name}</h1>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-soft">
        <span className="inline-flex items-center gap-1.5 tabular-nums">
          <Users aria-hidden className="size-4" />
          {call.people(room.participantCount)}
        </span>
        {room.locked && (
          <span className="inline-flex items-center gap-1.5 text-warn-text">
            <Lock aria-hidden className="size-4" />
            {call.locked}
          </span>
        )}
      </p>
    </div>
  )
}

function retry(lobby: LobbyState): void {
  for (const kind of ['microphone', 'camera'] as const) {
    if (lobby.snapshot[kind].kind === 'fault') lobby.toggle(kind)
  }
}
