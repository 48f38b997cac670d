import { Field } from '../../components/field.tsx'
import { Select } from '../../components/select.tsx'
import { usePageWords } from '../../lib/language.ts'
import type { DeviceKind } from './use-device-list.ts'
import { roomWords } from './words.ts'

interface DeviceSelectProps {
  kind: DeviceKind
  devices: readonly MediaDeviceInfo[]
  /** Empty for the browser's choice. */
  chosen: string
  /** Whether the choice can be left to the browser. */
  automatic: boolean
  onChoose: (deviceId: string) => void
}

/** One of the devices of a kind, by the name that the system gives it. */
export function DeviceSelect({ kind, devices, chosen, automatic, onChoose }: DeviceSelectProps) {
  const { devices: words } = usePageWords(roomWords)
  const isThere = devices.some(({ deviceId }) => deviceId === chosen)
  const choices = [
    // Stands also for a device that the list does not name.
    ...(automatic || !isThere ? [{ value: '', label: words.automatic }] : []),
    ...devices.map(({ deviceId, label }, i) => ({
      value: deviceId,
      label: label === '' ? words.unnamed(i + 1) : label,
    })),
  ]
  return (
    <Field label={words[kind]} help={devices.length === 0 ? words.unseen : undefined}>
      {({ control }) => (
        <Select
          {...control}
          className={`${control.className} h-11`}
          disabled={devices.length === 0}
          value={isThere ? chosen : ''}
          choices={choices}
          onChoose={onChoose}
        />
      )}
    </Field>
  )
}
