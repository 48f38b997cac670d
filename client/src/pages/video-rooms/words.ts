import type { Language } from '../../lib/words.ts'

interface VideoRoomsWords {
  lead: string
  open: string
  columns: { name: string; people: string; size: string; host: string; opened: string }
  noOne: string
  more: (count: number) => string
  noHost: string
  locked: string
  unlocked: string
  passcode: string
  filter: { label: string; withPeople: string; empty: string }
  emptyTitle: string
  emptyLead: string
  emptyLeadViewer: string
  actions: {
    copyLink: string
    copyLinkNamed: (name: string) => string
    linkCopied: string
    linkNotCopied: string
    lock: string
    lockNamed: (name: string) => string
    unlock: string
    unlockNamed: (name: string) => string
    end: string
    endNamed: (name: string) => string
    join: string
    mute: string
    muteNamed: (who: string) => string
    remove: string
    removeNamed: (who: string) => string
  }
  done: {
    opened: (name: string) => string
    locked: (name: string) => string
    unlocked: (name: string) => string
    ended: (name: string) => string
    muted: (who: string) => string
    removed: (who: string) => string
  }
  opening: {
    title: string
    name: string
    nameExample: string
    size: string
    sizeHelp: string
    sizeFault: string
    id: string
    idHelp: string
    idFault: string
    passcode: string
    passcodeHelp: string
    submit: string
    submitting: string
    taken: string
  }
  ending: {
    title: string
    lead: (name: string) => string
    nobody: string
    people: (count: number) => string
    submit: string
    submitting: string
  }
  removing: {
    title: string
    lead: (who: string, room: string) => string
    effect: string
    submit: string
    submitting: string
  }
  panel: {
    facts: { id: string; opened: string; size: string; host: string; entry: string }
    people: (count: string) => string
    link: string
    gone: string
    goneLead: string
    isHost: string
    since: string
    microphone: { on: string; off: string }
    camera: { on: string; off: string }
    screen: string
    hand: string
    entry: { open: string; passcode: string; locked: string }
  }
}

const en: VideoRoomsWords = {
  lead: 'The video rooms that are open now, and who is in them. Anyone with a room’s link may join it.',
  open: 'Open room',
  columns: { name: 'Room', people: 'In it', size: 'Seats', host: 'Host', opened: 'Opened' },
  noOne: 'nobody yet',
  more: (count) => `${count} more`,
  noHost: 'none now',
  locked: 'locked',
  unlocked: 'open',
  passcode: 'passcode',
  filter: { label: 'Who is in it', withPeople: 'With people', empty: 'Empty' },
  emptyTitle: 'No room is open',
  emptyLead: 'Open one, and send its link to whom you want to meet.',
  emptyLeadViewer: 'A room shows here once somebody opens it.',
  actions: {
    copyLink: 'Copy link',
    copyLinkNamed: (name) => `Copy the link to ${name}`,
    linkCopied: 'The invitation link was copied.',
    linkNotCopied: 'The browser did not let the link be copied. It stands in the room’s panel.',
    lock: 'Lock',
    lockNamed: (name) => `Lock ${name}`,
    unlock: 'Unlock',
    unlockNamed: (name) => `Unlock ${name}`,
    end: 'End',
    endNamed: (name) => `End ${name}`,
    join: 'Join',
    mute: 'Mute',
    muteNamed: (who) => `Mute ${who}`,
    remove: 'Remove',
    removeNamed: (who) => `Remove ${who}`,
  },
  done: {
    opened: (name) => `${name} is open.`,
    locked: (name) => `${name} is locked: nobody new comes in.`,
    unlocked: (name) => `${name} is open to newcomers again.`,
    ended: (name) => `${name} was ended.`,
    muted: (who) => `${who} was muted.`,
    removed: (who) => `${who} was removed.`,
  },
  opening: {
    title: 'Open a room',
    name: 'Name',
    nameExample: 'Weekly planning',
    size: 'Seats',
    sizeHelp:
      '2 to 50. Everybody sends to everybody: above 6 the picture gets smaller, above 12 most networks struggle.',
    sizeFault: 'A whole number from 2 to 50.',
    id: 'Own address',
    idHelp: 'The last part of the link. Left empty, one is made that nobody guesses.',
    idFault: 'Up to 64 of A–Z a–z 0–9 _ - . : that begin with a letter or a digit.',
    passcode: 'Passcode',
    passcodeHelp: 'Asked of everybody who joins. Leave it empty for none.',
    submit: 'Open room',
    submitting: 'Opening…',
    taken: 'A room has this address already. Choose another.',
  },
  ending: {
    title: 'End this room?',
    lead: (name) => `${name} is closed for good, and its link leads nowhere.`,
    nobody: 'Nobody is in it now.',
    people: (count) =>
      count === 1 ? '1 person is in it and is sent out.' : `${count} people are in it and are sent out.`,
    submit: 'End room',
    submitting: 'Ending…',
  },
  removing: {
    title: 'Remove this participant?',
    lead: (who, room) => `${who} is sent out of ${room} at once.`,
    effect: 'Whoever has the link can come back. Lock the room as well to keep them out.',
    submit: 'Remove',
    submitting: 'Removing…',
  },
  panel: {
    facts: { id: 'Id', opened: 'Opened', size: 'Seats', host: 'Host', entry: 'Entry' },
    people: (count) => (count === '1' ? '1 person' : `${count} people`),
    link: 'Invitation link',
    gone: 'This room is not open',
    goneLead: 'It was ended, or never was.',
    isHost: 'host',
    since: 'Joined',
    microphone: { on: 'Microphone on', off: 'Microphone off' },
    camera: { on: 'Camera on', off: 'Camera off' },
    screen: 'Shares the screen',
    hand: 'Hand raised',
    entry: { open: 'by link', passcode: 'by link and passcode', locked: 'locked, nobody new' },
  },
}

const tr: VideoRoomsWords = {
  lead: 'Şu anda açık olan görüntülü odalar ve içindekiler. Bağlantısını bilen herkes odaya katılabilir.',
  open: 'Oda aç',
  columns: { name: 'Oda', people: 'İçindekiler', size: 'Yer', host: 'Ev sahibi', opened: 'Açılış' },
  noOne: 'henüz kimse yok',
  more: (count) => `${count} kişi daha`,
  noHost: 'şu an yok',
  locked: 'kilitli',
  unlocked: 'açık',
  passcode: 'parolalı',
  filter: { label: 'İçinde kimler var', withPeople: 'Dolu', empty: 'Boş' },
  emptyTitle: 'Açık oda yok',
  emptyLead: 'Bir oda aç, bağlantısını görüşmek istediklerine gönder.',
  emptyLeadViewer: 'Biri oda açınca burada görünür.',
  actions: {
    copyLink: 'Bağlantıyı kopyala',
    copyLinkNamed: (name) => `Bağlantıyı kopyala: ${name}`,
    linkCopied: 'Davet bağlantısı kopyalandı.',
    linkNotCopied: 'Tarayıcı kopyalamaya izin vermedi. Bağlantı odanın panelinde duruyor.',
    lock: 'Kilitle',
    lockNamed: (name) => `Kilitle: ${name}`,
    unlock: 'Kilidi aç',
    unlockNamed: (name) => `Kilidi aç: ${name}`,
    end: 'Bitir',
    endNamed: (name) => `Bitir: ${name}`,
    join: 'Katıl',
    mute: 'Sesini kapat',
    muteNamed: (who) => `Sesini kapat: ${who}`,
    remove: 'Çıkar',
    removeNamed: (who) => `Çıkar: ${who}`,
  },
  done: {
    opened: (name) => `Oda açıldı: ${name}.`,
    locked: (name) => `Kilitlendi: ${name}. Yeni kimse giremez.`,
    unlocked: (name) => `Yeniden herkese açık: ${name}.`,
    ended: (name) => `Oda bitirildi: ${name}.`,
    muted: (who) => `Sesi kapatıldı: ${who}.`,
    removed: (who) => `Odadan çıkarıldı: ${who}.`,
  },
  opening: {
    title: 'Oda aç',
    name: 'Ad',
    nameExample: 'Haftalık planlama',
    size: 'Yer sayısı',
    sizeHelp: '2–50 arası. Herkes herkese gönderir: 6’nın üstünde görüntü küçülür, 12’nin üstünde çoğu ağ zorlanır.',
    sizeFault: '2 ile 50 arasında bir tam sayı.',
    id: 'Kendi adresi',
    idHelp: 'Bağlantının son bölümü. Boş bırakırsan kimsenin bilemeyeceği bir tane üretilir.',
    idFault: 'Harf ya da rakamla başlayan, A–Z a–z 0–9 _ - . : içinden en çok 64 karakter.',
    passcode: 'Oda parolası',
    passcodeHelp: 'Katılan herkese sorulur. Parola istemiyorsan boş bırak.',
    submit: 'Oda aç',
    submitting: 'Açılıyor…',
    taken: 'Bu adreste bir oda zaten var. Başka bir tane seç.',
  },
  ending: {
    title: 'Bu oda bitirilsin mi?',
    lead: (name) => `Kalıcı olarak kapatılacak oda: ${name}. Bağlantısı artık hiçbir yere çıkmaz.`,
    nobody: 'Şu anda içinde kimse yok.',
    people: (count) => `İçindeki ${count} kişi çıkarılır.`,
    submit: 'Odayı bitir',
    submitting: 'Bitiriliyor…',
  },
  removing: {
    title: 'Bu katılımcı çıkarılsın mı?',
    lead: (who, room) => `Hemen çıkarılacak kişi: ${who}. Oda: ${room}.`,
    effect: 'Bağlantıyı bilen geri gelebilir. Gelmesini istemiyorsan odayı da kilitle.',
    submit: 'Çıkar',
    submitting: 'Çıkarılıyor…',
  },
  panel: {
    facts: { id: 'Kimlik', opened: 'Açılış', size: 'Yer', host: 'Ev sahibi', entry: 'Giriş' },
    people: (count) => `${count} kişi`,
    link: 'Davet bağlantısı',
    gone: 'Bu oda açık değil',
    goneLead: 'Bitirilmiş ya da hiç açılmamış.',
    isHost: 'ev sahibi',
    since: 'Katılım:',
    microphone: { on: 'Mikrofon açık', off: 'Mikrofon kapalı' },
    camera: { on: 'Kamera açık', off: 'Kamera kapalı' },
    screen: 'Ekranını paylaşıyor',
    hand: 'El kaldırdı',
    entry: { open: 'bağlantıyla', passcode: 'bağlantı ve parolayla', locked: 'kilitli, yeni kimse giremez' },
  },
}

export const videoRoomsWords: Record<Language, VideoRoomsWords> = { en, tr }
