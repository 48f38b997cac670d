import type { Scope } from '../../../../shared/api.ts'
import type { Language } from '../../lib/words.ts'
import type { KeyState } from './key-state.ts'

interface KeysWords {
  lead: string
  create: string
  columns: {
    name: string
    scopes: string
    channels: string
    created: string
    lastUsed: string
    expires: string
    state: string
  }
  states: Record<KeyState, string>
  allChannels: string
  moreChannels: (count: number) => string
  by: (who: string) => string
  byKey: (name: string) => string
  byDeleted: string
  byStart: string
  emptyTitle: string
  emptyLead: string
  revoke: string
  revokeNamed: (name: string) => string
  scopes: Record<Scope, { name: string; help: string }>
  form: {
    title: string
    name: string
    nameHelp: string
    scopes: string
    noScope: string
    channels: string
    channelsHelp: string
    channelsUnused: string
    badChannel: (pattern: string) => string
    tooMany: string
    expires: string
    lifetimes: { never: string; days: (days: number) => string; date: string }
    date: string
    badDate: string
    submit: string
    submitting: string
  }
  made: { title: string; warning: string; key: string; use: string; done: string }
  revoking: {
    title: string
    lead: (name: string) => string
    stops: Record<Scope, string>
    open: string
    forGood: string
    submit: string
    submitting: string
    done: (name: string) => string
  }
}

const en: KeysWords = {
  lead: 'A key lets an application’s own server speak to this hub. Give each application a key of its own, with no more than it needs.',
  create: 'New key',
  columns: {
    name: 'Name',
    scopes: 'May',
    channels: 'Channels',
    created: 'Created',
    lastUsed: 'Last used',
    expires: 'Expires',
    state: 'State',
  },
  states: { active: 'Active', expired: 'Expired', revoked: 'Revoked' },
  allChannels: 'all',
  moreChannels: (count) => `+${count}`,
  by: (who) => `by ${who}`,
  byKey: (name) => `by key ${name}`,
  byDeleted: 'by a deleted user',
  byStart: 'at the first start',
  emptyTitle: 'No keys yet',
  emptyLead: 'Create one for each application that publishes to this hub.',
  revoke: 'Revoke',
  revokeNamed: (name) => `Revoke ${name}`,
  scopes: {
    publish: { name: 'publish', help: 'Send messages.' },
    subscribe: { name: 'subscribe', help: 'Read channels and their history.' },
    rooms: { name: 'rooms', help: 'Open video rooms.' },
    tokens: { name: 'tokens', help: 'Make tokens for the application’s users.' },
    admin: { name: 'admin', help: 'Everything an admin can: settings, users, keys, logs.' },
  },
  form: {
    title: 'Create a key',
    name: 'Name',
    nameHelp: 'The application that will use it.',
    scopes: 'What it may do',
    noScope: 'Choose at least one.',
    channels: 'Channels',
    channelsHelp: 'One name or pattern a line, such as orders/**. Empty: all channels.',
    channelsUnused: 'Only publishing and subscribing are limited by channels.',
    badChannel: (pattern) =>
      `“${pattern}” is no pattern: segments of A–Z a–z 0–9 _ - . : parted by /, * for one segment, ** only at the end.`,
    tooMany: 'A key is limited to 100 patterns at most.',
    expires: 'Expires',
    lifetimes: { never: 'Never', days: (days) => (days === 1 ? 'In 1 day' : `In ${days} days`), date: 'On a day…' },
    date: 'Last day',
    badDate: 'Choose today or a later day.',
    submit: 'Create key',
    submitting: 'Creating…',
  },
  made: {
    title: 'Your new key',
    warning: 'Copy it now. It is not kept in readable form, and will not be shown again.',
    key: 'Key',
    use: 'Send it with each request:',
    done: 'I have stored it',
  },
  revoking: {
    title: 'Revoke this key?',
    lead: (name) => `Whatever uses “${name}” stops working at once:`,
    stops: {
      publish: 'its messages are refused',
      subscribe: 'it can read no channel',
      rooms: 'it can open no rooms',
      tokens: 'it can make no tokens; those already made stay good until they expire',
      admin: 'it can administer nothing',
    },
    open: 'its open connections are closed',
    forGood: 'This cannot be undone.',
    submit: 'Revoke key',
    submitting: 'Revoking…',
    done: (name) => `Key “${name}” was revoked.`,
  },
}

const tr: KeysWords = {
  lead: 'Anahtar, bir uygulamanın kendi sunucusunun bu merkezle konuşmasını sağlar. Her uygulamaya ayrı bir anahtar ver; gerekenden fazlasına izin verme.',
  create: 'Yeni anahtar',
  columns: {
    name: 'Ad',
    scopes: 'İzinler',
    channels: 'Kanallar',
    created: 'Oluşturma',
    lastUsed: 'Son kullanım',
    expires: 'Bitiş',
    state: 'Durum',
  },
  states: { active: 'Etkin', expired: 'Süresi doldu', revoked: 'İptal edildi' },
  allChannels: 'tümü',
  moreChannels: (count) => `+${count}`,
  by: (who) => `oluşturan: ${who}`,
  byKey: (name) => `oluşturan anahtar: ${name}`,
  byDeleted: 'oluşturan: silinmiş kullanıcı',
  byStart: 'ilk başlangıçta',
  emptyTitle: 'Henüz anahtar yok',
  emptyLead: 'Bu merkeze ileti gönderen her uygulama için bir tane oluştur.',
  revoke: 'İptal et',
  revokeNamed: (name) => `${name}: iptal et`,
  scopes: {
    publish: { name: 'publish', help: 'İleti gönderir.' },
    subscribe: { name: 'subscribe', help: 'Kanalları ve geçmişlerini okur.' },
    rooms: { name: 'rooms', help: 'Görüntülü oda açar.' },
    tokens: { name: 'tokens', help: 'Uygulamanın kullanıcıları için belirteç üretir.' },
    admin: { name: 'admin', help: 'Bir yöneticinin her yaptığı: ayarlar, kullanıcılar, anahtarlar, günlük.' },
  },
  form: {
    title: 'Anahtar oluştur',
    name: 'Ad',
    nameHelp: 'Anahtarı kullanacak uygulama.',
    scopes: 'Neler yapabilir',
    noScope: 'En az birini seç.',
    channels: 'Kanallar',
    channelsHelp: 'Her satıra bir ad ya da orders/** gibi bir kalıp. Boşsa bütün kanallar.',
    channelsUnused: 'Kanallar yalnızca göndermeyi ve abone olmayı sınırlar.',
    badChannel: (pattern) =>
      `“${pattern}” bir kalıp değil: / ile ayrılmış bölümlerde A–Z a–z 0–9 _ - . : kullan; * bir bölüm yerine geçer, ** yalnızca sonda olur.`,
    tooMany: 'Bir anahtar en çok 100 kalıpla sınırlanabilir.',
    expires: 'Bitiş',
    lifetimes: { never: 'Hiçbir zaman', days: (days) => `${days} gün sonra`, date: 'Bir günde…' },
    date: 'Son gün',
    badDate: 'Bugünü ya da sonraki bir günü seç.',
    submit: 'Anahtar oluştur',
    submitting: 'Oluşturuluyor…',
  },
  made: {
    title: 'Yeni anahtarın',
    warning: 'Şimdi kopyala. Okunur biçimde saklanmaz ve bir daha gösterilmez.',
    key: 'Anahtar',
    use: 'Her istekle birlikte gönder:',
    done: 'Sakladım',
  },
  revoking: {
    title: 'Bu anahtar iptal edilsin mi?',
    lead: (name) => `“${name}” anahtarını kullanan her şey hemen durur:`,
    stops: {
      publish: 'iletileri reddedilir',
      subscribe: 'hiçbir kanalı okuyamaz',
      rooms: 'oda açamaz',
      tokens: 'belirteç üretemez; üretilmiş olanlar süreleri dolana dek geçerli kalır',
      admin: 'hiçbir şeyi yönetemez',
    },
    open: 'açık bağlantıları kapatılır',
    forGood: 'Bu işlem geri alınamaz.',
    submit: 'Anahtarı iptal et',
    submitting: 'İptal ediliyor…',
    done: (name) => `“${name}” anahtarı iptal edildi.`,
  },
}

export const keysWords: Record<Language, KeysWords> = { en, tr }
