import type { HubApi } from './hub-api.ts'
import type { Life } from './life.ts'
import { openSse } from './link.ts'
import { createPerson } from './people.ts'
import type { Random } from './random.ts'

const MEETINGS = [
  { roomId: 'daily-standup', name: 'Daily stand-up', maxParticipants: 12, people: 5 },
  { roomId: 'customer-care', name: 'Customer care', maxParticipants: 4, people: 2 },
  { roomId: 'half-time-talk', name: 'Half-time talk', maxParticipants: 8, people: 4 },
  { roomId: 'one-to-one', name: 'One to one', maxParticipants: 2, people: 2, passcode: 'cezve' },
  { roomId: 'supplier-call', name: 'Supplier call', maxParticipants: 6, people: 0 },
] as const
const STAY_MS = 300_000
const BREAK_MS = 20_000
const CHANGE_MS = 25_000
const CHAT_MS = 60_000
const LINES = [
  'Can you hear me?',
  'One moment, I’ll share my screen',
  'Görüntün dondu',
  'Two minutes late, sorry',
] as const

/** Lets people meet in video rooms: they come and go, mute themselves, raise a hand and write. */
export async function holdMeetings(hub: HubApi, life: Life, random: Random): Promise<void> {
  for (const { people, ...room } of MEETINGS) {
    // A room that data were kept of is there already.
    await hub.call('POST', '/api/video/rooms', room)
    const passcode = 'passcode' in room ? room.passcode : undefined
    for (let i = 0; i < people; i++) {
      const isHost = i === 0
      life.repeat(firstThen(random.wait(3000), BREAK_MS), () => attend(room.roomId, passcode, isHost))
    }
  }

  async function attend(roomId: string, passcode: string | undefined, isHost: boolean): Promise<void> {
    const { name: displayName, ip, userAgent } = createPerson(random.between(0, 9999), random)
    const at = `/api/video/rooms/${roomId}`
    const knock = { displayName, ...(passcode !== undefined && { passcode }) }
    const joined = await hub.call<{ participant: { id: string }; token: string }>('POST', `${at}/join`, knock, {
      ip,
      userAgent,
    })
    if (joined.status !== 200) return
    const { participant, token } = joined.body
    const asker = { token, ip, userAgent }
    if (isHost) await hub.call('PATCH', at, { hostParticipantId: participant.id })
    const link = openSse({ url: hub.url, channels: [`room/${roomId}`], presence: false, asker })
    const over = Date.now() + random.wait(STAY_MS)
    let isOut = false
    void link.closed.then(() => (isOut = true))
    while (!isOut && Date.now() < over) {
      await Promise.race([life.wait(Math.min(random.wait(CHANGE_MS), over - Date.now())), link.closed])
      const change = random.pick([
        { microphone: random.chance(0.7) },
        { camera: random.chance(0.8) },
        { hand: random.chance(0.3) },
        { screen: random.chance(0.2) },
      ])
      await hub.call('PATCH', `${at}/participants/${participant.id}`, change, asker)
      if (random.chance(CHANGE_MS / CHAT_MS)) {
        const line = { channel: `room/${roomId}`, type: 'chat', text: random.pick(LINES) }
        await hub.call('POST', '/api/broadcast', line, asker)
      }
    }
    link.close()
    await hub.call('POST', `${at}/leave`, {}, asker)
  }

  function firstThen(firstMs: number, laterMs: number): () => number {
    let isFirst = true
    return () => {
      const ms = isFirst ? firstMs : random.wait(laterMs)
      isFirst = false
      return ms
    }
  }
}
