import { AudioLines, Crown, Hand, LoaderCircle, MicOff, WifiOff } from 'lucide-react'
import type { PeerConnection, Quality } from '../../../call/index.ts'
import { usePageWords } from '../../../lib/language.ts'
import { Avatar } from '../avatar.tsx'
import { QualitySign } from '../panel/quality-sign.tsx'
import { Picture } from '../picture.tsx'
import { roomWords } from '../words.ts'

/** What a tile shows, of oneself or of somebody else. */
export interface TilePerson {
  id: string
  displayName: string
  isHost: boolean
  isSelf: boolean
  microphone: boolean
  hand: boolean
  speaking: boolean
  picture: MediaStream | null
  paused: boolean
  /** Null for oneself. */
  connection: PeerConnection | null
  quality: Quality | null
}

/** One person: picture or initials, name, and what others should know of them. It fills its place. */
export function Tile({ person, onDetails }: { person: TilePerson; onDetails: () => void }) {
  const { call } = usePageWords(roomWords)
  const { displayName, isSelf, picture, speaking, connection } = person
  const name = isSelf ? call.youNamed(displayName) : displayName
  return (
    <div
      data-participant={person.id}
      data-speaking={speaking}
      className={`relative flex size-full items-center justify-center overflow-hidden rounded-card bg-sunken outline-3 -outline-offset-3 transition-[outline-color] ${speaking ? 'outline-good-line' : 'outline-line'}`}
    >
      {picture ? (
        // Behind the ring, which is drawn inside the tile.
        <div className="absolute inset-0 -z-0">
          <Picture stream={picture} mirrored={isSelf} label={name} />
        </div>
      ) : (
        <Avatar name={displayName} />
      )}
      <div
        aria-hidden
        className={`pointer-events-none absolute inset-0 rounded-card border-3 transition-colors ${speaking ? 'border-good-line' : 'border-transparent'}`}
      />
      <TopSigns person={person} onDetails={onDetails} />
      {connection !== null && connection !== 'connected' && <State connection={connection} />}
      {person.paused && connection === 'connected' && picture === null && (
        <p className="absolute inset-x-3 bottom-12 text-center text-small text-ink-soft">{call.paused}</p>
      )}
      <NamePlate person={person} name={name} />
    </div>
  )
}

function TopSigns({ person, onDetails }: { person: TilePerson; onDetails: () => void }) {
  const { call } = usePageWords(roomWords)
  return (
    <>
      {person.hand && (
        <span className="absolute top-2 left-2 flex size-8 items-center justify-center rounded-round bg-warn-fill text-warn-text">
          <Hand role="img" aria-label={call.handUp} className="size-4.5" />
        </span>
      )}
      {!person.isSelf && (
        <span className="absolute top-0 right-0">
          <QualitySign
            name={person.displayName}
            connection={person.connection}
            quality={person.quality}
            onDetails={onDetails}
          />
        </span>
      )}
    </>
  )
}

function NamePlate({ person, name }: { person: TilePerson; name: string }) {
  const { call } = usePageWords(roomWords)
  return (
    <p className="absolute bottom-2 left-2 flex max-w-[calc(100%-1rem)] items-center gap-1.5 rounded-control bg-panel/85 px-2 py-1 text-row font-medium">
      {!person.microphone && <MicOff role="img" aria-label={call.muted} className="size-3.5 shrink-0 text-bad-text" />}
      {person.microphone && person.speaking && (
        <AudioLines role="img" aria-label={call.speaking} className="size-3.5 shrink-0 text-good-text" />
      )}
      <span className="truncate">{name}</span>
      {person.isHost && <Crown role="img" aria-label={call.host} className="size-3.5 shrink-0 text-warn-text" />}
    </p>
  )
}

function State({ connection }: { connection: Exclude<PeerConnection, 'connected'> }) {
  const { call } = usePageWords(roomWords)
  const failed = connection === 'failed'
  const Icon = failed ? WifiOff : LoaderCircle
  const words = { connecting: call.connecting, reconnecting: call.retrying, failed: call.noConnection }
  return (
    <p className="absolute flex max-w-[calc(100%-1rem)] items-center gap-2 rounded-round bg-panel/85 px-3 py-1.5 text-row">
      <Icon aria-hidden className={`size-4 shrink-0 ${failed ? 'text-bad-text' : 'animate-spin'}`} />
      {words[connection]}
    </p>
  )
}
