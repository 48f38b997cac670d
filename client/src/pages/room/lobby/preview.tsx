import { Camera, CameraOff, Mic, MicOff, Video, VideoOff } from 'lucide-react'
import { useMemo } from 'react'
import { usePageWords } from '../../../lib/language.ts'
import { Avatar } from '../avatar.tsx'
import { Picture } from '../picture.tsx'
import { RoundButton } from '../round-button.tsx'
import { roomWords } from '../words.ts'
import type { LobbyDevice, LobbyKind } from './lobby-devices.ts'
import type { Lobby } from './use-lobby-devices.ts'

interface PreviewProps {
  lobby: Lobby
  name: string
  /** Whether the call is being joined with what is on. */
  isJoining: boolean
}

/** How the others will see one, with the two switches on it. */
export function Preview({ lobby, name, isJoining }: PreviewProps) {
  const words = usePageWords(roomWords)
  const { camera } = lobby.snapshot
  return (
    <div className="relative flex aspect-video w-full items-center justify-center overflow-hidden rounded-card border border-line bg-sunken">
      {camera.kind === 'on' ? (
        <Self track={camera.track} label={words.lobby.preview} />
      ) : (
        <NoPicture camera={camera} name={name} />
      )}
      <div className="absolute inset-x-0 bottom-4 flex justify-center gap-3">
        <Switch kind="microphone" lobby={lobby} disabled={isJoining} />
        <Switch kind="camera" lobby={lobby} disabled={isJoining} />
      </div>
    </div>
  )
}

function Self({ track, label }: { track: MediaStreamTrack; label: string }) {
  const stream = useMemo(() => new MediaStream([track]), [track])
  return <Picture stream={stream} mirrored label={label} />
}

function NoPicture({ camera, name }: { camera: Exclude<LobbyDevice, { kind: 'on' }>; name: string }) {
  const { lobby } = usePageWords(roomWords)
  const Icon = camera.kind === 'asking' ? Camera : CameraOff
  return (
    <div className="flex size-full flex-col items-center justify-center gap-3 px-4 pb-16 text-center text-ink-soft">
      {name.trim() === '' ? <Icon aria-hidden className="size-9 text-ink-faint" /> : <Avatar name={name} />}
      <p role="status">{lobby.noPicture[camera.kind]}</p>
    </div>
  )
}

const ICONS = { microphone: { on: Mic, off: MicOff }, camera: { on: Video, off: VideoOff } } as const

function Switch({ kind, lobby, disabled }: { kind: LobbyKind; lobby: Lobby; disabled: boolean }) {
  const { devices } = usePageWords(roomWords)
  const state = lobby.snapshot[kind].kind
  const isOn = state === 'on' || state === 'asking'
  const Icon = ICONS[kind][isOn ? 'on' : 'off']
  return (
    <RoundButton
      label={isOn ? devices.turnOff[kind] : devices.turnOn[kind]}
      look={isOn ? 'plain' : 'off'}
      disabled={disabled}
      onClick={() => lobby.toggle(kind)}
    >
      <Icon aria-hidden className="size-5" />
    </RoundButton>
  )
}
