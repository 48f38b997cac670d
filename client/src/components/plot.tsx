import { useEffect, useEffectEvent, useRef } from 'react'
import UPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { ChartData } from '../lib/chart-data.ts'
import { clock } from '../lib/format.ts'
import { theme } from '../lib/theme.ts'
import { TONES, type Tone } from './chart.tsx'

interface PlotProps {
  data: ChartData
  tones: readonly Tone[]
  shown: readonly boolean[]
  spanSeconds: number
  heightPx: number
  /** Marks of the y axis lie powers of two apart: for bytes. */
  isBinary: boolean
  format: (value: number) => string
  /** Hears which moment is pointed at; null when none is. */
  onPoint: (index: number | null) => void
}

/** Pointing into one chart points at the same moment in all of them. */
const SYNC = 'charts'
const Y_AXIS_PX = 64
/** Whole parts of an hour and a day, in seconds, that times at the foot lie apart. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400]
const BINARY_STEPS = Array.from({ length: 50 }, (_, power) => 2 ** power)
/** Seconds are shown on spans up to this. */
const BY_SECONDS = 600

/** Draws the lines. Loaded on demand: nothing but charts needs uPlot. */
export function Plot({ data, tones, shown, spanSeconds, heightPx, isBinary, format, onPoint }: PlotProps) {
  const box = useRef<HTMLDivElement>(null)
  const plot = useRef<UPlot | null>(null)
  const toneKey = tones.join()
  const shownKey = shown.join()
  const point = useEffectEvent(onPoint)
  const text = useEffectEvent(format)
  const newest = useEffectEvent(() => data[0].at(-1) ?? Date.now() / 1000)
  const first = useEffectEvent(() => data)

  useEffect(() => {
    const target = box.current
    if (target === null) return
    const options = optionsOf({
      target,
      tones: toneKey.split(',') as Tone[],
      spanSeconds,
      heightPx,
      isBinary,
      format: (value) => text(value),
      newest: () => newest(),
      onPoint: (index) => point(index),
    })
    const made = new UPlot(options, first(), target)
    plot.current = made
    const resized = new ResizeObserver(() => made.setSize({ width: target.clientWidth, height: heightPx }))
    resized.observe(target)
    const repaint = () => made.redraw(false, true)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', repaint)
    const unsubscribe = theme.subscribe(() => requestAnimationFrame(repaint))
    return () => {
      resized.disconnect()
      dark.removeEventListener('change', repaint)
      unsubscribe()
      made.destroy()
      plot.current = null
    }
  }, [toneKey, spanSeconds, heightPx, isBinary])

  useEffect(() => plot.current?.setData(data), [data])
  useEffect(() => {
    shownKey.split(',').forEach((word, i) => plot.current?.setSeries(i + 1, { show: word === 'true' }))
  }, [shownKey])

  return <div ref={box} className="h-full overflow-hidden" />
}

interface Drawing {
  target: HTMLElement
  tones: readonly Tone[]
  spanSeconds: number
  heightPx: number
  isBinary: boolean
  format: (value: number) => string
  newest: () => number
  onPoint: (index: number | null) => void
}

function optionsOf({
  target,
  tones,
  spanSeconds,
  heightPx,
  isBinary,
  format,
  newest,
  onPoint,
}: Drawing): UPlot.Options {
  const colour = (variable: string) => () => colourOf(target, variable)
  const line = { stroke: colour('--color-line'), width: 1 }
  const axis = { stroke: colour('--color-ink-faint'), font: '11px system-ui, sans-serif', grid: line, ticks: line }
  const timeText = (seconds: number) => clock(new Date(seconds * 1000)).slice(0, spanSeconds <= BY_SECONDS ? 8 : 5)
  return {
    width: target.clientWidth,
    height: heightPx,
    // At the right there is room for half of the last time.
    padding: [6, 26, 0, 0],
    legend: { show: false },
    cursor: { sync: { key: SYNC }, drag: { x: false, y: false }, points: { size: 6 } },
    scales: {
      x: { time: true, range: () => [newest() - spanSeconds, newest()] },
      // From 0, with room above; something to see when all is 0.
      y: { range: (_plot, _min, max) => [0, max > 0 ? max * 1.1 : 1] },
    },
    axes: [
      { ...axis, space: 64, size: 24, incrs: TIME_STEPS, values: (_plot, splits) => splits.map(timeText) },
      {
        ...axis,
        space: 32,
        size: Y_AXIS_PX,
        ...(isBinary && { incrs: BINARY_STEPS }),
        values: (_plot, splits) => splits.map(format),
      },
    ],
    series: [
      {},
      ...tones.map((tone) => ({ stroke: colour(TONES[tone].variable), width: 1.5, points: { show: false } })),
    ],
    hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
  }
}

/** A canvas knows no `light-dark()`: the browser says what it comes to here and now. */
function colourOf(target: HTMLElement, variable: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${variable})`
  target.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
