/** Why a microphone, a camera or a screen cannot be had. */
export type DeviceFault =
  /** The reader, the browser or the system said no. */
  | 'refused'
  /** There is none, or it was unplugged. */
  | 'missing'
  /** Another program holds it. */
  | 'busy'
  /** The page is not served over https or from this machine. */
  | 'insecure'
  /** This browser cannot do it at all. */
  | 'unsupported'

/** A device could not be opened. */
export class DeviceError extends Error {
  readonly fault: DeviceFault

  constructor(fault: DeviceFault, cause?: unknown) {
    super(`the device is ${fault}`, { cause })
    this.name = 'DeviceError'
    this.fault = fault
  }
}

const FAULTS: Readonly<Record<string, DeviceFault>> = {
  NotAllowedError: 'refused',
  SecurityError: 'refused',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
  InvalidStateError: 'refused',
  NotSupportedError: 'unsupported',
  TypeError: 'unsupported',
}

/** Reads what `getUserMedia` or `getDisplayMedia` rejected with (W3C Media Capture §10.2). */
export function faultOf(error: unknown): DeviceFault {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  return FAULTS[name] ?? 'busy'
}
