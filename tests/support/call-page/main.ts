import { type Call, joinRoom, type JoinOptions, openCamera, openMicrophone } from '../../../client/src/call/index.ts'

/** What a test sees of one participant's way here. */
export interface Seen {
  displayName: string
  connection: string
  camera: boolean
  screen: boolean
  framesDecoded: number
  screenFrames: number
  route: string | null
}

interface TestWindow {
  call: Call | null
  join: (options: JoinOptions & { devices: boolean }) => Promise<number>
  seen: () => Seen[]
  /** Whether a device that the page has ever opened is still in use. */
  lights: () => number
}

const page = window as unknown as TestWindow
const opened: MediaStreamTrack[] = []
const main = document.querySelector('main')!

const getUserMedia = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
navigator.mediaDevices.getUserMedia = async (constraints) => {
  const stream = await getUserMedia(constraints)
  opened.push(...stream.getTracks())
  return stream
}

/** Shows each stream in an element of its own, as a page would. */
function show(call: Call) {
  const { participants } = call.getSnapshot()
  const streams = participants.flatMap(({ streams }) => Object.values(streams).filter((stream) => stream !== null))
  const elements = [...main.querySelectorAll('video')]
  for (const element of elements) if (!streams.includes(element.srcObject as MediaStream)) element.remove()
  for (const stream of streams) {
    if (elements.some((element) => element.srcObject === stream)) continue
    const element = Object.assign(document.createElement('video'), { srcObject: stream, autoplay: true, muted: true })
    main.append(element)
  }
}

function framesOf(stream: MediaStream | null): number {
  const element = [...main.querySelectorAll('video')].find(
    ({ srcObject }) => srcObject !== null && srcObject === stream,
  )
  return element?.getVideoPlaybackQuality().totalVideoFrames ?? 0
}

page.call = null
page.join = async ({ devices, ...options }) => {
  const [microphone, camera] = devices ? await Promise.all([openMicrophone(), openCamera()]) : [null, null]
  const startedAt = performance.now()
  const call = await joinRoom({ ...options, microphone, camera })
  page.call = call
  call.subscribe(() => show(call))
  show(call)
  return startedAt
}
page.seen = () =>
  (page.call?.getSnapshot().participants ?? []).map(
    ({ displayName, connection, camera, screen, streams, quality }) => ({
      displayName,
      connection,
      camera,
      screen,
      framesDecoded: framesOf(streams.camera),
      screenFrames: framesOf(streams.screen),
      route: quality?.route ?? null,
    }),
  )
page.lights = () => opened.filter(({ readyState }) => readyState === 'live').length
