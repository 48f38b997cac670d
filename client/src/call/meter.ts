/** Measures how loud a microphone is. */
export interface Meter {
  /** 0 to 1, of the last few hundredths of a second. */
  level: () => number
  close: () => void
}

const SAMPLES = 1024

/** Listens to a track without playing it; one that is muted or over is silent. */
export function createMeter(track: MediaStreamTrack): Meter {
  const context = new AudioContext()
  const analyser = new AnalyserNode(context, { fftSize: SAMPLES })
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
  const samples = new Float32Array(SAMPLES)
  return {
    level() {
      // Browsers hold it back until the reader has touched the page.
      if (context.state === 'suspended') void context.resume().catch(() => undefined)
      analyser.getFloatTimeDomainData(samples)
      return rootMeanSquare(samples)
    },
    close: () => void context.close(),
  }
}

function rootMeanSquare(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return Math.min(1, Math.sqrt(sum / samples.length))
}
