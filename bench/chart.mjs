import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { read } from './results.mjs'

/*
 * The README's chart, drawn from a run's results: `node bench/chart.mjs [date]`. Bars on a logarithmic scale would hide
 * what they are to show, so there is one panel for each number of publishers, each on a scale of its own.
 */

const IMAGE = fileURLToPath(new URL('../docs/images/deliveries.svg', import.meta.url))
const WIDTH = 880
const LABEL_WIDTH = 170
const VALUE_WIDTH = 110
const ROW = 26
const PANELS = [
  { way: 'four', title: '4 publishers: deliveries per second to 1,000 readers' },
  { way: 'many', title: '64 publishers' },
]

const STYLE = `
  text { font: 14px system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .note { font-size: 12px; fill: #59636e }
  .bar { fill: #afb8c1 }
  .own { fill: #0f766e }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 }
    .note { fill: #9198a1 }
    .bar { fill: #57606a }
    .own { fill: #2dd4bf }
  }`

/**
 * Draws a run's deliveries per second as an SVG for light and dark pages.
 * @param {import('./results.mjs').Results} results
 */
export function drawChart(results) {
  const panels = PANELS.map(({ way, title }) => ({ title, bars: barsOf(results, way) })).filter(
    ({ bars }) => bars.length > 1,
  )
  let y = 12
  const drawn = panels.map(({ title, bars }) => {
    const text = drawPanel(title, bars, y)
    y += 30 + bars.length * ROW + 14
    return text
  })
  const { machine, date } = results
  const note = `One core, 160-byte messages, ${date.slice(0, 10)}, commit ${machine.commit}. Yayın writes each message to its log first.`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y + 20}" width="${WIDTH}" role="img"`,
    `  aria-label="Deliveries per second, Yayın beside others">`,
    `<style>${STYLE}</style>`,
    ...drawn,
    `<text class="note" x="0" y="${y + 8}">${note}</text>`,
    '</svg>',
    '',
  ].join('\n')
}

/**
 * @param {import('./results.mjs').Results} results
 * @param {string} way
 */
function barsOf({ servers, broadcast }, way) {
  const bars = servers.flatMap(({ name, title }) => {
    const row = broadcast.find((one) => one.server === name && one.way === way)
    return row ? [{ name, title, rate: row.rate }] : []
  })
  return bars.sort((a, b) => b.rate - a.rate)
}

/**
 * @param {string} title
 * @param {{ name: string, title: string, rate: number }[]} bars
 * @param {number} top
 */
function drawPanel(title, bars, top) {
  const most = Math.max(...bars.map(({ rate }) => rate))
  const rows = bars.map(({ name, title, rate }, i) => {
    const y = top + 30 + i * ROW
    const width = Math.max(2, ((WIDTH - LABEL_WIDTH - VALUE_WIDTH) * rate) / most)
    return [
      `<text x="${LABEL_WIDTH - 10}" y="${y + 14}" text-anchor="end"${name === 'yayin' ? ' class="title"' : ''}>${title}</text>`,
      `<rect class="${name === 'yayin' ? 'own' : 'bar'}" x="${LABEL_WIDTH}" y="${y}" width="${width.toFixed(1)}" height="18" rx="3"/>`,
      `<text x="${(LABEL_WIDTH + width + 8).toFixed(1)}" y="${y + 14}">${Math.round(rate).toLocaleString('en-US')}</text>`,
    ].join('\n')
  })
  return [`<text class="title" x="0" y="${top + 14}">${title}</text>`, ...rows].join('\n')
}

/** @param {import('./results.mjs').Results} results */
export function writeChart(results) {
  mkdirSync(new URL('.', pathToFileURL(IMAGE)), { recursive: true })
  writeFileSync(IMAGE, drawChart(results))
  return IMAGE
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${writeChart(read(process.argv[2]))}\n`)
}
