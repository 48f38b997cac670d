import type { PeerConnection, Quality } from '../../../call/index.ts'
import { usePageWords } from '../../../lib/language.ts'
import { roomWords, type RoomWords } from '../words.ts'

/** How many of three bars are filled, and in what. */
const SIGNS: Record<Quality['level'], { bars: number; look: string }> = {
  good: { bars: 3, look: 'bg-good-line' },
  fair: { bars: 2, look: 'bg-warn-line' },
  poor: { bars: 1, look: 'bg-bad-line' },
}
const HEIGHTS = ['h-1.5', 'h-2.5', 'h-3.5'] as const

interface QualitySignProps {
  name: string
  connection: PeerConnection | null
  quality: Quality | null
  onDetails: () => void
}

/** How good the way to somebody is, as bars; pressed, it tells the figures. */
export function QualitySign({ name, connection, quality, onDetails }: QualitySignProps) {
  const { connection: words } = usePageWords(roomWords)
  const { bars, look } = signOf(connection, quality)
  const label = words.qualityOf(name, tellQuality(connection, quality, words))
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={onDetails}
      className="group flex size-11 items-center justify-center rounded-card"
    >
      <span
        aria-hidden
        className="flex size-7 items-end justify-center gap-0.5 rounded-control bg-panel/85 pb-1.5 group-hover:bg-hover"
      >
        {HEIGHTS.map((height, i) => (
          <span key={height} className={`w-1 rounded-round ${height} ${i < bars ? look : 'bg-line-strong'}`} />
        ))}
      </span>
    </button>
  )
}

/** The quality in a word. */
export function tellQuality(
  connection: PeerConnection | null,
  quality: Quality | null,
  words: RoomWords['connection'],
): string {
  if (connection !== null && connection !== 'connected') return words.states[connection]
  return quality === null ? words.unknown : words.quality[quality.level]
}

function signOf(connection: PeerConnection | null, quality: Quality | null) {
  return connection === 'connected' && quality !== null ? SIGNS[quality.level] : { bars: 0, look: '' }
}
