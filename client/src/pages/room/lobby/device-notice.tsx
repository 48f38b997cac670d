import { Button } from '../../../components/button.tsx'
import { Notice } from '../../../components/notice.tsx'
import type { DeviceFault } from '../../../call/index.ts'
import { usePageWords } from '../../../lib/language.ts'
import { roomWords, type RoomWords } from '../words.ts'
import { browserKind } from './browser-kind.ts'
import type { LobbySnapshot } from './lobby-devices.ts'

/** Says why a device cannot be had and what to do about it; once for both where the reason is the same. */
export function DeviceNotices({ snapshot, onRetry }: { snapshot: LobbySnapshot; onRetry: () => void }) {
  const { devices } = usePageWords(roomWords)
  const faults = faultsOf(snapshot)
  return faults.map(({ what, fault }, i) => (
    <Notice
      key={what}
      meaning="warn"
      action={
        isWorthAnotherTry(fault) && (
          <Button className="min-h-11" onClick={onRetry}>
            {devices.retry}
          </Button>
        )
      }
    >
      <p className="font-medium">{devices.faultTitle[what][fault]}</p>
      <p>{adviceOn(fault, devices)}</p>
      {i === faults.length - 1 && <p>{devices.stillJoin}</p>}
    </Notice>
  ))
}

/** What to do about a device that cannot be had. */
export function adviceOn(fault: DeviceFault, devices: RoomWords['devices']): string {
  return fault === 'refused' ? devices.allow[browserKind(navigator.userAgent)] : devices.faultHelp[fault]
}

function isWorthAnotherTry(fault: DeviceFault): boolean {
  return fault !== 'insecure' && fault !== 'unsupported'
}

interface LobbyFault {
  what: 'microphone' | 'camera' | 'both'
  fault: DeviceFault
}

function faultsOf({ microphone, camera }: LobbySnapshot): LobbyFault[] {
  const faults: LobbyFault[] = []
  if (microphone.kind === 'fault') faults.push({ what: 'microphone', fault: microphone.fault })
  if (camera.kind === 'fault') faults.push({ what: 'camera', fault: camera.fault })
  const [first, second] = faults
  return first && second && first.fault === second.fault ? [{ what: 'both', fault: first.fault }] : faults
}
