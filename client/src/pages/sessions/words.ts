import type { Language } from '../../lib/words.ts'

interface SessionsWords {
  lead: string
  scope: { label: string; mine: string; everybody: string }
  columns: { device: string; user: string; address: string; created: string; lastSeen: string; expires: string }
  device: (program: string, system: string) => string
  unknownDevice: string
  unknownAddress: string
  current: string
  end: string
  endNamed: (device: string, address: string) => string
  endOthers: string
  emptyTitle: string
  emptyLead: string
  ending: {
    title: string
    lead: (device: string, who: string) => string
    effect: string
    submit: string
    submitting: string
    done: string
  }
  endingOthers: {
    title: string
    lead: (count: number) => string
    submit: string
    submitting: string
    done: (count: number) => string
  }
}

const en: SessionsWords = {
  lead: 'Where you are signed in to this dashboard. End what you do not know, then change your password.',
  scope: { label: 'Whose sessions', mine: 'Mine', everybody: 'Everybody’s' },
  columns: {
    device: 'Device',
    user: 'User',
    address: 'Address',
    created: 'Signed in',
    lastSeen: 'Last seen',
    expires: 'Expires',
  },
  device: (program, system) => `${program} on ${system}`,
  unknownDevice: 'Unknown device',
  unknownAddress: 'unknown',
  current: 'this one',
  end: 'End',
  endNamed: (device, address) => `End the session of ${device} at ${address}`,
  endOthers: 'End all others',
  emptyTitle: 'No sessions',
  emptyLead: 'Nobody is signed in to this dashboard.',
  ending: {
    title: 'End this session?',
    lead: (device, who) => `${who} is signed out on ${device}.`,
    effect: 'The page that is open there leads back to the sign-in within seconds.',
    submit: 'End session',
    submitting: 'Ending…',
    done: 'The session was ended.',
  },
  endingOthers: {
    title: 'End all your other sessions?',
    lead: (count) =>
      count === 1
        ? 'You are signed out on 1 other device. This one stays signed in.'
        : `You are signed out on ${count} other devices. This one stays signed in.`,
    submit: 'End sessions',
    submitting: 'Ending…',
    done: (count) => (count === 1 ? '1 session was ended.' : `${count} sessions were ended.`),
  },
}

const tr: SessionsWords = {
  lead: 'Bu panoda oturumunun açık olduğu yerler. Tanımadığını sonlandır, ardından parolanı değiştir.',
  scope: { label: 'Kimin oturumları', mine: 'Benimkiler', everybody: 'Herkesinki' },
  columns: {
    device: 'Aygıt',
    user: 'Kullanıcı',
    address: 'Adres',
    created: 'Giriş',
    lastSeen: 'Son görülme',
    expires: 'Bitiş',
  },
  device: (program, system) => `${program}, ${system}`,
  unknownDevice: 'Bilinmeyen aygıt',
  unknownAddress: 'bilinmiyor',
  current: 'bu oturum',
  end: 'Sonlandır',
  endNamed: (device, address) => `Oturumu sonlandır: ${device}, ${address}`,
  endOthers: 'Öbürlerini sonlandır',
  emptyTitle: 'Oturum yok',
  emptyLead: 'Bu panoda kimsenin oturumu açık değil.',
  ending: {
    title: 'Bu oturum sonlandırılsın mı?',
    lead: (device, who) => `Oturumu kapatılacak kişi ve aygıt: ${who}, ${device}.`,
    effect: 'Orada açık olan sayfa saniyeler içinde giriş sayfasına döner.',
    submit: 'Oturumu sonlandır',
    submitting: 'Sonlandırılıyor…',
    done: 'Oturum sonlandırıldı.',
  },
  endingOthers: {
    title: 'Öbür oturumların sonlandırılsın mı?',
    lead: (count) => `${count} başka aygıtta oturumun kapatılır. Bu oturum açık kalır.`,
    submit: 'Oturumları sonlandır',
    submitting: 'Sonlandırılıyor…',
    done: (count) => `${count} oturum sonlandırıldı.`,
  },
}

export const sessionsWords: Record<Language, SessionsWords> = { en, tr }
