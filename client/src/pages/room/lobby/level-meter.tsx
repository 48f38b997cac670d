import { useEffect, useRef } from 'react'
import { usePageWords } from '../../../lib/language.ts'
import { roomWords } from '../words.ts'

/** Quiet rooms read −60 dB, speech near the microphone −20. */
const QUIETEST_DB = -60
const LOUDEST_DB = -10
/** How much of the way down the bar falls in a frame: up at once, down slowly, as people expect of such bars. */
const FALL = 0.08

/** Shows how loud the microphone is; it moves by itself and renders nothing again. */
export function LevelMeter({ track }: { track: MediaStreamTrack | null }) {
  const { lobby } = usePageWords(roomWords)
  const bar = useRef<HTMLSpanElement>(null)

  useEffect(() => {
    if (track === null) return
    const show = (level: number) => {
      if (bar.current) bar.current.style.scale = `${level.toFixed(3)} 1`
    }
    const stop = watchLevel(track, show)
    return () => {
      stop()
      show(0)
    }
  }, [track])

  return (
    <div role="img" aria-label={lobby.level} className="h-1.5 overflow-hidden rounded-round bg-line">
      <span ref={bar} data-testid="level" className="block h-full origin-left scale-x-0 bg-good-line" />
    </div>
  )
}

/** Calls `show` with 0 to 1 in each frame until it is stopped. */
function watchLevel(track: MediaStreamTrack, show: (level: number) => void): () => void {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: 1024 })
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  let level = 0
  let frame = requestAnimationFrame(draw)

  function draw() {
    analyser.getFloatTimeDomainData(samples)
    level = Math.max(levelOf(samples), level - FALL * level)
    show(level)
    frame = requestAnimationFrame(draw)
  }

  return () => {
    cancelAnimationFrame(frame)
    void context.close()
  }
}

function levelOf(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length
  const db = 10 * Math.log10(power + 1e-12)
  return Math.min(1, Math.max(0, (db - QUIETEST_DB) / (LOUDEST_DB - QUIETEST_DB)))
}
