import type { MeshBudget } from './budget.ts'
import type { SendLimits } from './send-limits.ts'

const SCREEN = { frameRate: 15, height: 1080 }

/** What this page sends to each of the others under a budget. */
export function limitsUnder(budget: MeshBudget, own: { isSeen: boolean; isSharing: boolean }): SendLimits {
  const { bitrate, frameRate, height, screenBitrate } = budget
  return {
    // Whoever shares a screen is heard and read rather than looked at.
    camera: { bitrate: own.isSharing ? Math.floor(bitrate / 2) : bitrate, frameRate, height, isActive: own.isSeen },
    screen: { bitrate: screenBitrate, ...SCREEN, isActive: true },
  }
}

/** Takes the camera's picture in no larger than it is sent: what is not captured costs no work. */
export async function sizeCamera(track: MediaStreamTrack, { width, height, frameRate }: MeshBudget): Promise<void> {
  const size = { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frameRate } }
  // A camera that has no such size goes on as it is, and is scaled down when it is sent.
  await track.applyConstraints(size).catch(() => undefined)
}
