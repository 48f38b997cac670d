import { useEffect, useRef, useState } from 'react'
import type { CallSnapshot } from '../../../call/index.ts'
import { pictureOfCall } from './picture-of-call.ts'

/** The call's picture in a small window above all others, which follows who speaks. */
export function useSmallWindow(snapshot: CallSnapshot) {
  const video = useRef<HTMLVideoElement | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const picture = pictureOfCall(snapshot)

  useEffect(() => {
    if (isOpen && video.current && picture) void show(video.current, picture)
  }, [isOpen, picture])

  useEffect(
    () => () => {
      if (video.current !== null && document.pictureInPictureElement === video.current) {
        void document.exitPictureInPicture().catch(() => {})
      }
    },
    [],
  )

  async function open() {
    if (picture === null) return
    const element = (video.current ??= smallWindowVideo(() => setIsOpen(false)))
    await show(element, picture)
    await element.requestPictureInPicture()
    setIsOpen(true)
  }

  return {
    // Firefox has a button of its own on every picture, and no way to ask for it.
    canBe: document.pictureInPictureEnabled && picture !== null,
    isOpen,
    toggle: () => void (isOpen ? document.exitPictureInPicture() : open()).catch(() => {}),
  }
}

function smallWindowVideo(onClose: () => void): HTMLVideoElement {
  const video = document.createElement('video')
  video.muted = true
  video.playsInline = true
  video.addEventListener('leavepictureinpicture', onClose)
  return video
}

async function show(video: HTMLVideoElement, picture: MediaStream): Promise<void> {
  if (video.srcObject === picture) return
  video.srcObject = picture
  await video.play().catch(() => {})
}
