import { useEffect, useRef } from 'react'
import type { Participant } from '../../../call/index.ts'
import { useSpeaker } from '../speaker.ts'

interface VoicesProps {
  participants: readonly Participant[]
  /** Each new number plays all that was held back. */
  attempt: number
  onBlocked: () => void
}

/** Makes everybody heard, whether their tile is on the page or not. */
export function Voices({ participants, attempt, onBlocked }: VoicesProps) {
  return participants.map(
    ({ id, streams }) =>
      streams.voice && <Voice key={id} stream={streams.voice} attempt={attempt} onBlocked={onBlocked} />,
  )
}

interface VoiceProps {
  stream: MediaStream
  attempt: number
  onBlocked: () => void
}

function Voice({ stream, attempt, onBlocked }: VoiceProps) {
  const ref = useRef<HTMLAudioElement>(null)
  useSpeaker(ref)

  useEffect(() => {
    const audio = ref.current
    if (audio === null) return
    audio.srcObject = stream
    audio.play().catch((error: unknown) => {
      // Other refusals only say that the stream was replaced meanwhile.
      if (error instanceof DOMException && error.name === 'NotAllowedError') onBlocked()
    })
  }, [stream, attempt, onBlocked])

  return <audio ref={ref} autoPlay />
}
