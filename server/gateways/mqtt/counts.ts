/** What became of what the broker sent, since the start. */
export class MqttCounts {
  received = 0
  /** By the code of what was wrong. */
  readonly refused: Record<string, number> = {}
  /** Left out without a fault: last known values that are no news, and repetitions of what came in before. */
  readonly skipped = { retained: 0, repeated: 0 }

  refuse(code: string): void {
    this.refused[code] = (this.refused[code] ?? 0) + 1
  }
}
