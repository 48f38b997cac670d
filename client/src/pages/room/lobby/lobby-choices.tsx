import { Volume2 } from 'lucide-react'
import { Button } from '../../../components/button.tsx'
import { usePageWords } from '../../../lib/language.ts'
import { useValue } from '../../../lib/value.ts'
import { DeviceSelect } from '../device-select.tsx'
import { ownDevices } from '../own-choices.ts'
import { canChooseSpeaker, playTone } from '../speaker.ts'
import { useDeviceList } from '../use-device-list.ts'
import { roomWords } from '../words.ts'
import { LevelMeter } from './level-meter.tsx'
import type { Lobby } from './use-lobby-devices.ts'

/** Which microphone, camera and speaker, each with a way to tell that it works. */
export function LobbyChoices({ lobby }: { lobby: Lobby }) {
  const { devices: words, lobby: own } = usePageWords(roomWords)
  const { microphone, camera } = lobby.snapshot
  const list = useDeviceList(`${microphone.kind} ${camera.kind}`)
  const chosen = {
    microphone: useValue(ownDevices.microphone),
    camera: useValue(ownDevices.camera),
    speaker: useValue(ownDevices.speaker),
  }
  return (
    <section aria-label={words.title} className="grid items-start gap-x-4 gap-y-4 sm:grid-cols-3">
      <div className="flex min-w-0 flex-col gap-2">
        <DeviceSelect
          kind="microphone"
          devices={list.microphone}
          chosen={chosen.microphone}
          automatic
          onChoose={(id) => lobby.choose('microphone', id)}
        />
        {microphone.kind === 'on' && (
          <>
            <LevelMeter track={microphone.track} />
            <p className="text-small text-ink-faint">{own.speakUp}</p>
          </>
        )}
      </div>
      <DeviceSelect
        kind="camera"
        devices={list.camera}
        chosen={chosen.camera}
        automatic
        onChoose={(id) => lobby.choose('camera', id)}
      />
      <div className="flex min-w-0 flex-col gap-2">
        {canChooseSpeaker && (
          <DeviceSelect
            kind="speaker"
            devices={list.speaker}
            chosen={chosen.speaker}
            automatic
            onChoose={(id) => ownDevices.speaker.set(id)}
          />
        )}
        <Button look="ghost" className="min-h-11 self-start" onClick={() => void playTone()}>
          <Volume2 aria-hidden className="size-4" />
          {words.testSpeaker}
        </Button>
      </div>
    </section>
  )
}
