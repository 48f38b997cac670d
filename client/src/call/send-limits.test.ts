import { expect, it, vi } from 'vitest'
import { meshBudget } from './budget.ts'
import { limitsUnder } from './limits.ts'
import { encodingOf, limitLines } from './send-limits.ts'
import type { Lines } from './slots.ts'

const limit = { bitrate: 400_000, frameRate: 20, height: 360, isActive: true }

it('scales a picture down to its lines, and none up', () => {
  expect(encodingOf(limit, { getSettings: () => ({ height: 720 }) }).scaleResolutionDownBy).toBe(2)
  expect(encodingOf(limit, { getSettings: () => ({ height: 240 }) }).scaleResolutionDownBy).toBe(1)
  expect(encodingOf(limit, null).scaleResolutionDownBy).toBe(1)
})

it('halves the camera of who shares a screen, and stops that of who is not seen', () => {
  const budget = meshBudget(4)
  expect(limitsUnder(budget, { isSeen: true, isSharing: true }).camera!.bitrate).toBe(budget.bitrate / 2)
  expect(limitsUnder(budget, { isSeen: false, isSharing: false }).camera!.isActive).toBe(false)
})

it('goes on with the next line when a browser refuses one', async () => {
  const makeSender = () => ({
    track: null,
    getParameters: () => ({ encodings: [{}] }),
    setParameters: vi.fn(() => Promise.reject(new Error('no'))),
  })
  const [camera, screen] = [makeSender(), makeSender()]
  const lines = { camera: { sender: camera }, screen: { sender: screen } } as unknown as Lines
  await limitLines(lines, { camera: limit, screen: { ...limit, isActive: false } })
  expect(camera.setParameters).toHaveBeenCalledWith({ encodings: [expect.objectContaining({ maxBitrate: 400_000 })] })
  expect(screen.setParameters).toHaveBeenCalledWith({ encodings: [expect.objectContaining({ active: false })] })
})
