import type { DeviceFault, JoinRefusal } from '../../call/index.ts'
import type { Language } from '../../lib/words.ts'
import type { BrowserKind } from './lobby/browser-kind.ts'
import type { EndKind } from './ends/end-kind.ts'
import { en } from './words-en.ts'
import { tr } from './words-tr.ts'

type Device = 'microphone' | 'camera'

/** What the lobby, the call and its ends say. */
export interface RoomWords {
  room: string
  theme: Record<'dark' | 'light', string>
  lobby: {
    lead: string
    name: string
    nameHelp: string
    nameMissing: string
    nameTooLong: string
    passcode: string
    passcodeHelp: string
    passcodeWrong: string
    passcodeMissing: string
    tooManyTries: (seconds: number | null) => string
    join: string
    joining: string
    preview: string
    noPicture: Record<'off' | 'asking' | 'fault', string>
    level: string
    speakUp: string
    rooms: string
  }
  devices: Record<Device | 'speaker', string> & {
    title: string
    automatic: string
    unnamed: (number: number) => string
    unseen: string
    testSpeaker: string
    turnOn: Record<Device, string>
    turnOff: Record<Device, string>
    retry: string
    faultTitle: Record<Device | 'both' | 'screen', Record<DeviceFault, string>>
    allow: Record<BrowserKind, string>
    faultHelp: Record<Exclude<DeviceFault, 'refused'>, string>
    stillJoin: string
  }
  call: {
    people: (count: number) => string
    tiles: string
    you: string
    youNamed: (name: string) => string
    host: string
    muted: string
    handUp: string
    speaking: string
    alone: string
    aloneLead: string
    copyLink: string
    linkCopied: string
    locked: string
    connecting: string
    retrying: string
    noConnection: string
    paused: string
    sharedBy: (name: string) => string
    sharedByYou: string
    stopSharing: string
    previousPage: string
    nextPage: string
    page: (page: number, pages: number) => string
    reconnecting: string
    retryNow: string
    joining: string
    soundBlocked: string
    hear: string
    failed: string
  }
  controls: {
    bar: string
    mute: string
    unmute: string
    startCamera: string
    stopCamera: string
    share: string
    stopShare: string
    raiseHand: string
    lowerHand: string
    chat: string
    chatUnread: (count: number) => string
    people: string
    more: string
    leave: string
    /** Under the icons; each is a part of what its button is called, for those who say it. */
    word: Record<
      'mute' | 'unmute' | 'camera' | 'share' | 'stopShare' | 'hand' | 'chat' | 'people' | 'more' | 'leave',
      string
    >
    connection: string
    settings: string
    pip: string
    endPip: string
    fullScreen: string
    endFullScreen: string
    lock: string
    unlock: string
    endRoom: string
  }
  chat: {
    title: string
    empty: string
    emptyLead: string
    placeholder: string
    label: string
    send: string
    failed: string
    log: string
    newLines: string
  }
  people: {
    title: string
    muteNamed: (name: string) => string
    removeNamed: (name: string) => string
    remove: string
    removeTitle: (name: string) => string
    removeLead: (name: string) => string
    removing: string
    micOn: string
    micOff: string
    camOn: string
    camOff: string
    sharing: string
    lockLead: string
  }
  ending: { title: string; lead: (others: number) => string; submit: string; submitting: string }
  connection: {
    title: string
    lead: string
    budget: (size: string, frameRate: number) => string
    upload: string
    download: string
    notes: Record<'full' | 'reduced' | 'speakers' | 'beyond', string>
    beyondShort: string
    quality: Record<'good' | 'fair' | 'poor', string>
    qualityOf: (name: string, quality: string) => string
    states: Record<'connecting' | 'reconnecting' | 'failed', string>
    loss: string
    roundTrip: string
    received: string
    sent: string
    picture: string
    route: string
    routes: Record<'direct' | 'relay', string>
    unknown: string
    nobody: string
  }
  settings: { title: string; name: string; nameSaved: string; selfView: string; keys: string; look: string }
  happenings: {
    joined: (name: string) => string
    left: (name: string) => string
    hand: (name: string) => string
    sharing: (name: string) => string
    stopped_sharing: (name: string) => string
    new_host: (name: string) => string
    you_are_host: string
    muted_by_host: string
    locked: string
    unlocked: string
    reconnected: string
    chat: (name: string, text: string) => string
    list: string
  }
  ends: Record<EndKind, { title: string; lead: string }> & {
    again: string
    join: string
    rejoin: string
    rooms: string
  }
  refusals: Record<Extract<JoinRefusal, 'unreachable' | 'invalid'>, string>
}

export const roomWords: Record<Language, RoomWords> = { en, tr }
