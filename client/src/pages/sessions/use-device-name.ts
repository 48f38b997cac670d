import { readDevice } from '../../lib/device.ts'
import { usePageWords } from '../../lib/language.ts'
import { sessionsWords } from './words.ts'

/** Returns how to say in words which device a `User-Agent` speaks of. */
export function useDeviceName(): (userAgent: string | null) => string {
  const words = usePageWords(sessionsWords)
  return (userAgent) => {
    if (userAgent === null || userAgent === '') return words.unknownDevice
    const { program, system } = readDevice(userAgent)
    if (program !== null && system !== null) return words.device(program, system)
    return program ?? system ?? userAgent
  }
}
