import {
  type Call,
  type EndReason,
  joinRoom,
  type JoinOptions,
  openCamera,
  openMicrophone,
} from '../../../client/src/call/index.ts'

/** What a page has of one other participant. */
export interface Seen {
  displayName: string
  connection: string
  microphone: boolean
  camera: boolean
  screen: boolean
  /** Pictures of the camera, and of the screen, that came. */
  framesDecoded: number
  screenFrames: number
  route: string | null
}

/** What a page shows of itself and of the call. */
export interface Shown {
  id: string
  status: string
  ended: EndReason | null
  microphone: boolean
  camera: boolean
  isHost: boolean
  height: number
  chat: string[]
}

export interface TestWindow {
  call: Call
  /** Resolves with the time it took until the first picture of somebody else was there; null when nobody is. */
  firstFrameMs: number | null
  join: (options: Omit<JoinOptions, 'microphone' | 'camera'> & { devices: boolean }) => Promise<void>
  seen: () => Seen[]
  shown: () => Shown
  lights: () => number
  /** The participant's token, which the page sends with whatever it asks. */
  token: string | null
  /** What a page's buttons would do. */
  act: {
    leave: () => Promise<void>
    say: (text: string) => Promise<void>
    share: () => Promise<void>
    stopSharing: () => Promise<void>
    microphone: (on: boolean) => Promise<void>
    camera: (on: boolean) => Promise<void>
    hand: (up: boolean) => Promise<void>
    mute: (name: string) => Promise<void>
    remove: (name: string) => Promise<void>
    lock: (on: boolean) => Promise<void>
    end: () => Promise<void>
  }
}

const page = window as unknown as TestWindow
const main = document.querySelector('main')!
const opened: MediaStreamTrack[] = []

// Keeps every track that the call takes, to see later whether it has let go of it.
for (const name of ['getUserMedia', 'getDisplayMedia'] as const) {
  const ask = navigator.mediaDevices[name].bind(navigator.mediaDevices)
  navigator.mediaDevices[name] = async (constraints) => {
    const stream = await ask(constraints)
    opened.push(...stream.getTracks())
    return stream
  }
}

const fetchAsUsual = window.fetch.bind(window)
window.fetch = (input, init) => {
  page.token = new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? page.token
  return fetchAsUsual(input, init)
}

/** Shows each stream in an element of its own, as a page would. */
function show(call: Call, joinedAtMs: number) {
  const { participants } = call.getSnapshot()
  const streams = participants.flatMap(({ streams }) => Object.values(streams).filter((stream) => stream !== null))
  const elements = [...main.querySelectorAll('video')]
  for (const element of elements) if (!streams.includes(element.srcObject as MediaStream)) element.remove()
  for (const stream of streams) {
    if (elements.some((element) => element.srcObject === stream)) continue
    const element = Object.assign(document.createElement('video'), { srcObject: stream, autoplay: true, muted: true })
    element.requestVideoFrameCallback((nowMs) => (page.firstFrameMs ??= nowMs - joinedAtMs))
    main.append(element)
  }
}

function framesOf(stream: MediaStream | null): number {
  const element = [...main.querySelectorAll('video')].find((element) => element.srcObject === stream)
  return stream === null ? 0 : (element?.getVideoPlaybackQuality().totalVideoFrames ?? 0)
}

page.token = null
page.firstFrameMs = null
page.join = async ({ devices, ...options }) => {
  const [microphone, camera] = devices ? await Promise.all([openMicrophone(), openCamera()]) : [null, null]
  const joinedAtMs = performance.now()
  const call = await joinRoom({ ...options, microphone, camera })
  page.call = call
  call.subscribe(() => show(call, joinedAtMs))
  show(call, joinedAtMs)
}
page.seen = () =>
  page.call.getSnapshot().participants.map(({ streams, quality, ...participant }) => ({
    displayName: participant.displayName,
    connection: participant.connection,
    microphone: participant.microphone,
    camera: participant.camera,
    screen: participant.screen,
    // Firefox counts those that are painted, which none are on a page behind another.
    framesDecoded: Math.max(framesOf(streams.camera), quality?.framesDecoded ?? 0),
    screenFrames: framesOf(streams.screen),
    route: quality?.route ?? null,
  }))
page.shown = () => {
  const { status, self, budget, chat } = page.call.getSnapshot()
  return {
    id: self.id,
    status: status.kind,
    ended: status.kind === 'ended' ? status.reason : null,
    microphone: self.microphone,
    camera: self.camera,
    isHost: self.isHost,
    height: budget.height,
    chat: chat.map(({ name, text }) => `${name}: ${text}`),
  }
}
page.lights = () => opened.filter(({ readyState }) => readyState === 'live').length

const idOf = (name: string) =>
  page.call.getSnapshot().participants.find(({ displayName }) => displayName === name)?.id ?? 'nobody'

page.act = {
  leave: () => page.call.leave(),
  say: (text) => page.call.sendChat(text),
  share: () => page.call.shareScreen(),
  stopSharing: () => page.call.stopSharing(),
  microphone: (on) => page.call.setMicrophone(on),
  camera: (on) => page.call.setCamera(on),
  hand: (up) => page.call.setHand(up),
  mute: (name) => page.call.host.mute(idOf(name)),
  remove: (name) => page.call.host.remove(idOf(name)),
  lock: (on) => page.call.host.setLocked(on),
  end: () => page.call.host.end(),
}
