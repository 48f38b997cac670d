import { useEffect, useRef, type RefObject } from 'react'

interface PictureProps {
  stream: MediaStream
  /** Turned around as in a mirror: for oneself. */
  mirrored?: boolean
  /** Shown whole rather than filling its place: for what has to be read. */
  whole?: boolean
  /** Whether its sound is heard; a camera's sound comes by another way. */
  sounds?: boolean
  label: string
  elementRef?: RefObject<HTMLVideoElement | null>
}

/** A moving picture. */
export function Picture({ stream, mirrored = false, whole = false, sounds = false, label, elementRef }: PictureProps) {
  const own = useRef<HTMLVideoElement>(null)
  const ref = elementRef ?? own

  useEffect(() => {
    const video = ref.current
    if (video === null) return
    video.srcObject = stream
    // Refused where a sound may not start by itself; the call then offers to turn it on.
    void video.play().catch(() => {})
    return () => void (video.srcObject = null)
  }, [stream, ref])

  return (
    <video
      ref={ref}
      autoPlay
      playsInline
      muted={!sounds}
      aria-label={label}
      className={`size-full ${whole ? 'object-contain' : 'object-cover'} ${mirrored ? '-scale-x-100' : ''}`}
    />
  )
}
