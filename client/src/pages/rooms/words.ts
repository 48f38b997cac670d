import type { MeshBudget } from '../../call/index.ts'
import type { Language } from '../../lib/words.ts'
import type { RoomFault } from './room-draft.ts'

interface RoomsWords {
  title: string
  lead: string
  dashboard: string
  signIn: string
  join: { title: string; field: string; help: string; fault: string; submit: string }
  open: {
    title: string
    name: string
    nameHelp: string
    options: string
    id: string
    idHelp: string
    size: string
    passcode: string
    passcodeHelp: string
    submit: string
    submitting: string
    faults: Record<RoomFault, string>
    idTaken: string
    notAllowed: string
    sizes: Record<Exclude<MeshBudget['note'], 'beyond'>, string>
    beyond: (bearable: number) => string
    cost: (upload: string, picture: string) => string
  }
  opened: { title: string; lead: (name: string) => string; link: string; share: string; enter: string; later: string }
  list: {
    title: string
    emptyTitle: string
    emptyLead: string
    guestLead: string
    people: (present: number, most: number) => string
    since: (when: string) => string
    locked: string
    hasPasscode: string
    join: string
    joinNamed: (name: string) => string
    copy: string
    copyNamed: (name: string) => string
    copied: string
    failed: string
  }
}

const en: RoomsWords = {
  title: 'Rooms',
  lead: 'Talk and see each other in the browser. Whoever has a room’s link can join; nothing is installed.',
  dashboard: 'Dashboard',
  signIn: 'Sign in',
  join: {
    title: 'Join a room',
    field: 'Link or id',
    help: 'As you were sent it.',
    fault: 'This is no link and no id of a room.',
    submit: 'Go to the room',
  },
  open: {
    title: 'Open a room',
    name: 'Name',
    nameHelp: 'Everybody who joins sees it.',
    options: 'More options',
    id: 'Own id',
    idHelp: 'Stands in the link, such as team-42. Left empty, one is made up that nobody guesses.',
    size: 'Places',
    passcode: 'Passcode',
    passcodeHelp: 'Whoever joins has to type it. Left empty, the link is enough.',
    submit: 'Open the room',
    submitting: 'Opening…',
    faults: {
      name_missing: 'A room needs a name.',
      id_invalid: 'Up to 64 of A–Z a–z 0–9 _ - . : and a letter or digit first.',
      size_invalid: 'A whole number from 2 to 50.',
    },
    idTaken: 'Another room has this id. Choose a different one.',
    notAllowed: 'Only people who are signed in may open rooms here.',
    sizes: {
      full: 'Pictures in full size.',
      reduced: 'When it is full, pictures are smaller.',
      speakers: 'When it is full, only those who speak are seen; everybody is heard.',
    },
    beyond: (bearable) =>
      `More than a direct call can bear when it is full: beyond ${bearable} people picture and sound will falter.`,
    cost: (upload, picture) => `Each person then sends up to ${upload}, pictures ${picture}.`,
  },
  opened: {
    title: 'The room is open',
    lead: (name) => `Send the link to whoever should come to “${name}”. You are its host in this browser.`,
    link: 'Link',
    share: 'Share…',
    enter: 'Go to the room',
    later: 'Later',
  },
  list: {
    title: 'Open rooms',
    emptyTitle: 'No room is open',
    emptyLead: 'Open one, and send its link to whoever should come.',
    guestLead: 'Open rooms are listed for people who are signed in. A link or an id gets you in all the same.',
    people: (present, most) => `${present} of ${most} places taken`,
    since: (when) => `opened ${when}`,
    locked: 'Locked',
    hasPasscode: 'Passcode',
    join: 'Join',
    joinNamed: (name) => `Join ${name}`,
    copy: 'Copy link',
    copyNamed: (name) => `Copy link of ${name}`,
    copied: 'The link was copied.',
    failed: 'The rooms could not be loaded.',
  },
}

const tr: RoomsWords = {
  title: 'Odalar',
  lead: 'Tarayıcıda görüntülü ve sesli görüş. Odanın bağlantısını bilen katılabilir; bir şey kurmak gerekmez.',
  dashboard: 'Pano',
  signIn: 'Giriş yap',
  join: {
    title: 'Odaya katıl',
    field: 'Bağlantı ya da kimlik',
    help: 'Sana gönderildiği gibi.',
    fault: 'Bu bir oda bağlantısı ya da kimliği değil.',
    submit: 'Odaya git',
  },
  open: {
    title: 'Oda aç',
    name: 'Ad',
    nameHelp: 'Katılan herkes görür.',
    options: 'Diğer seçenekler',
    id: 'Kendi kimliğin',
    idHelp: 'Bağlantıda görünür, örneğin takim-42. Boş bırakırsan kimsenin tahmin edemeyeceği biri oluşturulur.',
    size: 'Kişi sayısı',
    passcode: 'Giriş kodu',
    passcodeHelp: 'Katılan herkes yazar. Boş bırakırsan bağlantı yeter.',
    submit: 'Odayı aç',
    submitting: 'Açılıyor…',
    faults: {
      name_missing: 'Odaya bir ad gerekli.',
      id_invalid: 'A–Z a–z 0–9 _ - . : karakterlerinden en çok 64; ilki harf ya da rakam.',
      size_invalid: '2 ile 50 arasında bir tam sayı.',
    },
    idTaken: 'Bu kimlik başka bir odada kullanılıyor. Başka bir tane seç.',
    notAllowed: 'Burada yalnızca giriş yapanlar oda açabilir.',
    sizes: {
      full: 'Görüntüler tam boyda.',
      reduced: 'Oda dolunca görüntüler küçülür.',
      speakers: 'Oda dolunca yalnızca konuşanlar görünür; herkes duyulur.',
    },
    beyond: (bearable) =>
      `Dolunca doğrudan bir görüşmenin kaldırabileceğini aşar: ${bearable} kişiden sonra görüntü ve ses takılır.`,
    cost: (upload, picture) => `O zaman her kişi en çok ${upload} gönderir, görüntüler ${picture}.`,
  },
  opened: {
    title: 'Oda açıldı',
    lead: (name) => `Bağlantıyı “${name}” odasına gelecek kişilere gönder. Bu tarayıcıda odanın sahibi sensin.`,
    link: 'Bağlantı',
    share: 'Paylaş…',
    enter: 'Odaya git',
    later: 'Sonra',
  },
  list: {
    title: 'Açık odalar',
    emptyTitle: 'Açık oda yok',
    emptyLead: 'Bir oda aç, bağlantısını gelecek kişilere gönder.',
    guestLead: 'Açık odaların listesini giriş yapanlar görür. Bağlantı ya da kimlikle yine de katılabilirsin.',
    people: (present, most) => `${most} yerin ${present} tanesi dolu`,
    since: (when) => `açılış: ${when}`,
    locked: 'Kilitli',
    hasPasscode: 'Giriş kodlu',
    join: 'Katıl',
    joinNamed: (name) => `Katıl: ${name}`,
    copy: 'Bağlantıyı kopyala',
    copyNamed: (name) => `Bağlantıyı kopyala: ${name}`,
    copied: 'Bağlantı kopyalandı.',
    failed: 'Odalar yüklenemedi.',
  },
}

export const roomsWords: Record<Language, RoomsWords> = { en, tr }
