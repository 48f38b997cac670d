import type { Happening, World } from './world.ts'

const ROOMS = ['chat/lobby', 'chat/kitchen', 'chat/match-day', 'chat/help', 'chat/istanbul'] as const
const LINES = [
  'Good morning everyone',
  'Has anyone tried the new kettle?',
  'Mine arrived yesterday, it is lovely',
  'What a goal!',
  'I can’t believe he missed that',
  'How do I change my delivery address?',
  'You can do it under Orders, as long as it has not been packed',
  'Thanks, found it',
  'Selamlar',
  'Bugün maç kaçta?',
  'Akşam sekizde başlıyor',
  'Çaydanlık geldi, çok güzelmiş',
  'Kargo hangi firmayla geliyor?',
  'Genelde Yurtiçi ile geliyor',
  'Does the tea come in a tin?',
  'No, in a paper bag, but it keeps well',
  'See you at half time',
  'brb',
  'Anyone up for a call later?',
  'Sure, I’ll open a room',
  'Olur, bağlantıyı buraya bırak',
  '👍',
] as const

/** A chat of a few rooms, whose people talk over their own connections, and are seen typing. */
export function createChat(): World {
  return {
    name: 'chat',
    visitors: 0.15,
    messages: 0.25,
    visit(random) {
      return {
        channels: [random.pick(ROOMS), 'broadcast'],
        signedIn: true,
        publish: ['chat/*'],
        transport: random.chance(0.9) ? 'ws' : 'sse',
        presence: true,
      }
    },
    happen(random, present): Happening[] {
      if (present.length === 0) return []
      const from = random.pick(present)
      const channel = random.pick(ROOMS)
      const typing: Happening = { channel, message: { type: 'typing', name: from.name }, ephemeral: true, from }
      if (random.chance(0.3)) return [typing]
      const line = { type: 'chat_message', name: from.name, text: random.pick(LINES) }
      return random.chance(0.4) ? [typing, { channel, message: line, from }] : [{ channel, message: line, from }]
    },
  }
}
