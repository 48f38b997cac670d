/*
 * Loaded into a server by `NODE_OPTIONS=--import`: each SIGUSR2 makes its clock jump. Timers and the monotonic clock
 * go on undisturbed, as they do when an administrator or NTP sets a machine's time.
 */
const JUMPS_MS = [3_600_000, -7_200_000, 86_400_000, 0]

const RealDate = Date
let shiftMs = 0
let jumps = 0

class JumpingDate extends RealDate {
  /** @param {[]} values */
  constructor(...values) {
    if (values.length === 0) super(RealDate.now() + shiftMs)
    else super(...values)
  }

  /** @override */
  static now() {
    return RealDate.now() + shiftMs
  }
}

globalThis.Date = /** @type {DateConstructor} */ (/** @type {unknown} */ (JumpingDate))
process.on('SIGUSR2', () => {
  shiftMs = JUMPS_MS[jumps++ % JUMPS_MS.length] ?? 0
})
