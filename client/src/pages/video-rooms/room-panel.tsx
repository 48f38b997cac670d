import * as Dialog from '@radix-ui/react-dialog'
import { DoorOpen, ExternalLink, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { RoomDetail } from '../../../../shared/video.ts'
import { Blank } from '../../components/blank.tsx'
import { Button, IconButton } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords, useWords } from '../../lib/language.ts'
import { openPanel } from '../../lib/router.ts'
import { useIsAdmin } from '../../lib/user.ts'
import { END } from './panel-names.ts'
import { ParticipantRow } from './participant-row.tsx'
import { LockButton } from './room-actions.tsx'
import { hostOf } from './room-columns.tsx'
import { invitationTo } from './rooms-api.ts'
import { videoRoomsWords } from './words.ts'

interface RoomPanelProps {
  /** Null when it is open no more. */
  room: RoomDetail | null
  onClose: () => void
}

/** One room at the right: who is in it, how to get in, and what an admin may do. The list beside it stays in use. */
export function RoomPanel({ room, onClose }: RoomPanelProps) {
  const { actions } = useWords()
  const { panel } = usePageWords(videoRoomsWords)
  return (
    <Dialog.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Content
        aria-describedby={undefined}
        onInteractOutside={(event) => event.preventDefault()}
        className="absolute inset-y-0 right-0 z-10 flex w-full max-w-120 animate-slide-in flex-col border-l border-line bg-panel shadow-float focus:outline-none"
      >
        <div className="flex h-12 shrink-0 items-center gap-1 border-b border-line px-4">
          <Dialog.Title className="min-w-0 flex-1 truncate text-body font-semibold" title={room?.name}>
            {room?.name ?? panel.gone}
          </Dialog.Title>
          <Dialog.Close asChild>
            <IconButton label={actions.close}>
              <X aria-hidden className="size-4" />
            </IconButton>
          </Dialog.Close>
        </div>
        {room === null ? (
          <Blank icon={<DoorOpen aria-hidden className="size-5" />} title={panel.gone} lead={panel.goneLead} />
        ) : (
          <Content room={room} />
        )}
      </Dialog.Content>
    </Dialog.Root>
  )
}

function Content({ room }: { room: RoomDetail }) {
  const words = usePageWords(videoRoomsWords)
  const locale = useLocale()
  const link = invitationTo(room.id)
  const count = room.participants.length
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-4">
      <Buttons room={room} link={link} />
      <Facts room={room} />
      <div className="flex flex-col gap-1.5">
        <div className="flex items-center justify-between gap-2">
          <h3 className="text-row font-medium text-ink-soft">{words.panel.link}</h3>
          <CopyButton text={link} />
        </div>
        <p className="rounded-card border border-line bg-sunken p-3 font-mono text-small break-all">{link}</p>
      </div>
      <section className="flex flex-col gap-1.5">
        <h3 className="text-row font-medium text-ink-soft">{words.panel.people(formatExact(count, locale))}</h3>
        {count > 0 && (
          <ul className="rounded-card border border-line text-row">
            {room.participants.map((participant) => (
              <ParticipantRow key={participant.id} room={room} participant={participant} />
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

function Buttons({ room, link }: { room: RoomDetail; link: string }) {
  const { actions } = usePageWords(videoRoomsWords)
  return (
    <div className="flex flex-wrap gap-2">
      <a
        href={link}
        target="_blank"
        rel="noreferrer"
        className="inline-flex h-7 items-center gap-1.5 rounded-control bg-accent px-2.5 text-row font-medium text-accent-ink transition-colors hover:bg-accent-strong"
      >
        <ExternalLink aria-hidden className="size-3.5" />
        {actions.join}
      </a>
      {useIsAdmin() && (
        <>
          <LockButton room={room} look="secondary" />
          <Button size="small" aria-label={actions.endNamed(room.name)} onClick={() => openPanel(END, room.id)}>
            {actions.end}
          </Button>
        </>
      )}
    </div>
  )
}

function Facts({ room }: { room: RoomDetail }) {
  const words = usePageWords(videoRoomsWords)
  const locale = useLocale()
  const { facts, entry } = words.panel
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 text-row">
      <Fact name={facts.id}>
        <span className="font-mono text-small break-all">{room.id}</span>
      </Fact>
      <Fact name={facts.opened}>
        <RelativeTime at={room.createdAt} none="" />
      </Fact>
      <Fact name={facts.size}>{formatExact(room.maxParticipants, locale)}</Fact>
      <Fact name={facts.host}>{hostOf(room) ?? words.noHost}</Fact>
      <Fact name={facts.entry}>{room.locked ? entry.locked : room.hasPasscode ? entry.passcode : entry.open}</Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-faint">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
