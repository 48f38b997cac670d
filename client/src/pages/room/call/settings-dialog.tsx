import { useState, type FormEvent } from 'react'
import { Button } from '../../../components/button.tsx'
import { Dialog } from '../../../components/dialog.tsx'
import { Field } from '../../../components/field.tsx'
import { usePageWords, useWords } from '../../../lib/language.ts'
import { useValue } from '../../../lib/value.ts'
import { DeviceSelect } from '../device-select.tsx'
import { ownDevices, ownName, selfView } from '../own-choices.ts'
import { LookButtons } from '../room-shell.tsx'
import { canChooseSpeaker } from '../speaker.ts'
import { useDeviceList } from '../use-device-list.ts'
import { roomWords } from '../words.ts'
import { useCall } from './call-context.ts'
import { changeDevice } from './change-device.ts'

/** Devices, name and look, without leaving the call. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const { settings } = usePageWords(roomWords)
  const shown = useValue(selfView)
  return (
    <Dialog title={settings.title} onClose={onClose}>
      <div className="flex flex-col gap-5">
        <CallDevices />
        <NameForm />
        <label className="flex min-h-11 items-center gap-3">
          <input
            type="checkbox"
            className="size-5 accent-accent"
            checked={shown === 'shown'}
            onChange={(event) => selfView.set(event.target.checked ? 'shown' : 'hidden')}
          />
          {settings.selfView}
        </label>
        <div className="flex items-center justify-between gap-3 border-t border-line pt-3">
          <span className="text-row text-ink-soft">{settings.look}</span>
          <LookButtons />
        </div>
        <p className="text-small text-ink-faint">{settings.keys}</p>
      </div>
    </Dialog>
  )
}

function CallDevices() {
  const { call, snapshot, attempt } = useCall()
  const { devices } = snapshot.self
  const list = useDeviceList(`${devices.microphone} ${devices.camera}`)
  const speaker = useValue(ownDevices.speaker)
  return (
    <div className="flex flex-col gap-3">
      <DeviceSelect
        kind="microphone"
        devices={list.microphone}
        chosen={devices.microphone ?? ''}
        automatic={false}
        onChoose={(id) => attempt(changeDevice(call, 'microphone', id))}
      />
      <DeviceSelect
        kind="camera"
        devices={list.camera}
        chosen={devices.camera ?? ''}
        automatic={false}
        onChoose={(id) => attempt(changeDevice(call, 'camera', id))}
      />
      {canChooseSpeaker && (
        <DeviceSelect
          kind="speaker"
          devices={list.speaker}
          chosen={speaker}
          automatic
          onChoose={(id) => ownDevices.speaker.set(id)}
        />
      )}
    </div>
  )
}

function NameForm() {
  const { settings } = usePageWords(roomWords)
  const { actions } = useWords()
  const { call, snapshot, attempt, notes } = useCall()
  const [name, setName] = useState(snapshot.self.displayName)
  const wanted = name.trim()

  function submit(event: FormEvent) {
    event.preventDefault()
    if (wanted === '' || wanted === snapshot.self.displayName) return
    ownName.set(wanted)
    attempt(call.setName(wanted).then(() => notes.say(settings.nameSaved)))
  }
  return (
    <form onSubmit={submit} className="flex items-end gap-2">
      <div className="flex-1">
        <Field label={settings.name}>
          {({ control }) => (
            <input
              {...control}
              className={`${control.className} h-11`}
              value={name}
              maxLength={60}
              autoComplete="name"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
      </div>
      <Button type="submit" className="min-h-11" disabled={wanted === '' || wanted === snapshot.self.displayName}>
        {actions.save}
      </Button>
    </form>
  )
}
