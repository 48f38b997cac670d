import { useEffect, type RefObject } from 'react'
import { useValue } from '../../lib/value.ts'
import { ownDevices } from './own-choices.ts'

/** Whether this browser lets a page choose where its sound goes. */
export const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype

/** Sends an element's sound to the speaker that was chosen; one that is gone leaves it where it is. */
export function useSpeaker(ref: RefObject<HTMLMediaElement | null>): void {
  const chosen = useValue(ownDevices.speaker)
  useEffect(() => {
    if (canChooseSpeaker) void ref.current?.setSinkId(chosen).catch(() => {})
  }, [chosen, ref])
}

const TONE_HZ = 440
const TONE_SECONDS = 0.6
const TONE_GAIN = 0.15

/** Plays a short tone through the chosen speaker. */
export async function playTone(): Promise<void> {
  const context = new AudioContext()
  const audio = new Audio()
  const destination = context.createMediaStreamDestination()
  const oscillator = new OscillatorNode(context, { frequency: TONE_HZ })
  const volume = new GainNode(context, { gain: TONE_GAIN })
  volume.gain.setTargetAtTime(0, context.currentTime + TONE_SECONDS / 2, TONE_SECONDS / 8)
  oscillator.connect(volume).connect(destination)
  audio.srcObject = destination.stream
  if (canChooseSpeaker) await audio.setSinkId(ownDevices.speaker.current).catch(() => {})
  oscillator.addEventListener('ended', () => {
    audio.srcObject = null
    void context.close()
  })
  oscillator.start()
  oscillator.stop(context.currentTime + TONE_SECONDS)
  await audio.play().catch(() => {})
}
