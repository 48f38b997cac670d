import { LoaderCircle, TriangleAlert, Volume2, WifiOff } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button } from '../../../components/button.tsx'
import type { DeviceFault } from '../../../call/index.ts'
import { usePageWords, useWords } from '../../../lib/language.ts'
import { adviceOn } from '../lobby/device-notice.tsx'
import { roomWords } from '../words.ts'
import { useCall } from './call-context.ts'

interface BannersProps {
  soundBlocked: boolean
  onHear: () => void
}

/** What is wrong now and what to do about it, above the people. */
export function Banners({ soundBlocked, onHear }: BannersProps) {
  const { call: words, connection } = usePageWords(roomWords)
  const { call, snapshot } = useCall()
  return (
    <>
      {snapshot.status.kind === 'joining' && (
        <p role="status" className="mx-3 flex items-center gap-2 px-3 py-1.5 text-row text-ink-soft">
          <LoaderCircle aria-hidden className="size-4 animate-spin" />
          {words.joining}
        </p>
      )}
      {snapshot.status.kind === 'reconnecting' && (
        <Banner icon={<WifiOff aria-hidden className="size-4" />} action={words.retryNow} onAction={call.retry}>
          {words.reconnecting}
        </Banner>
      )}
      {soundBlocked && (
        <Banner icon={<Volume2 aria-hidden className="size-4" />} action={words.hear} onAction={onHear}>
          {words.soundBlocked}
        </Banner>
      )}
      <DeviceBanner kind="microphone" retry={() => call.setMicrophone(true)} />
      <DeviceBanner kind="camera" retry={() => call.setCamera(true)} />
      {snapshot.budget.note === 'beyond' && (
        <Banner icon={<TriangleAlert aria-hidden className="size-4" />}>{connection.notes.beyond}</Banner>
      )}
    </>
  )
}

function DeviceBanner({ kind, retry }: { kind: 'microphone' | 'camera'; retry: () => Promise<void> }) {
  const { snapshot, attempt } = useCall()
  const { devices } = usePageWords(roomWords)
  const fault = snapshot.self.faults[kind]
  const [dismissed, setDismissed] = useState<DeviceFault | null>(null)
  if (fault === null || fault === dismissed) return null
  return (
    <Banner
      icon={<TriangleAlert aria-hidden className="size-4" />}
      action={devices.retry}
      onAction={() => attempt(retry())}
      onDismiss={() => setDismissed(fault)}
    >
      <strong className="font-medium">{devices.faultTitle[kind][fault]}.</strong> {adviceOn(fault, devices)}
    </Banner>
  )
}

interface BannerProps {
  icon: ReactNode
  action?: string
  onAction?: () => void
  onDismiss?: () => void
  children: ReactNode
}

function Banner({ icon, action, onAction, onDismiss, children }: BannerProps) {
  const { actions } = useWords()
  return (
    <div
      role="alert"
      className="mx-3 flex flex-wrap items-center gap-x-3 gap-y-1 rounded-card border border-warn-line/40 bg-warn-fill px-3 py-1.5 text-row text-warn-text"
    >
      {icon}
      <p className="min-w-48 flex-1">{children}</p>
      {action !== undefined && (
        <Button className="min-h-11" onClick={onAction}>
          {action}
        </Button>
      )}
      {onDismiss && (
        <Button look="ghost" className="min-h-11" onClick={onDismiss}>
          {actions.dismiss}
        </Button>
      )}
    </div>
  )
}
