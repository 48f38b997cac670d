import type { Language } from '../../lib/words.ts'

interface ChannelsWords {
  lead: string
  columns: {
    name: string
    subscribers: string
    rate: string
    bytes: string
    kept: string
    keptBytes: string
    last: string
  }
  kind: { label: string; app: string; server: string }
  emptyTitle: string
  emptyLead: string
  all: string
  open: string
  bad: (name: string) => string
  figures: {
    label: string
    subscribers: string
    audience: (byName: string, byPattern: string) => string
    rate: string
    size: string
    kept: string
    keptNote: (size: string) => string
    last: string
    failed: string
  }
  tabs: { label: string; live: string; history: string; presence: string; publish: string }
  presence: {
    label: string
    count: (count: string) => string
    empty: string
    failed: string
    anonymous: string
    connections: (count: number) => string
    since: string
    more: (count: string) => string
  }
  live: { empty: string; emptyLead: string }
}

const en: ChannelsWords = {
  lead: 'Where messages go: who follows each channel, how much goes through it, and what the log keeps of it.',
  columns: {
    name: 'Channel',
    subscribers: 'Subscribers',
    rate: 'Messages/s',
    bytes: 'Bytes/s',
    kept: 'Kept',
    keptBytes: 'Size kept',
    last: 'Last message',
  },
  kind: { label: 'Kind', app: 'Of your apps', server: 'Of the server' },
  emptyTitle: 'No channel is in use',
  emptyLead: 'A channel shows up here as soon as somebody follows it or publishes to it.',
  all: 'All channels',
  open: 'Open a channel by its name',
  bad: (name) => `“${name}” is no channel: a name has A–Z a–z 0–9 _ - . : in segments parted by /.`,
  figures: {
    label: 'Figures of the channel',
    subscribers: 'Subscribers',
    audience: (byName, byPattern) => `${byName} by name, ${byPattern} by pattern`,
    rate: 'Messages',
    size: 'Bytes',
    kept: 'Kept in the log',
    keptNote: (size) => `${size} of JSON`,
    last: 'Last message',
    failed: 'The channel could not be loaded.',
  },
  tabs: { label: 'Of this channel', live: 'Live', history: 'History', presence: 'Presence', publish: 'Publish' },
  presence: {
    label: 'Who is in this channel',
    count: (count) => `${count} present`,
    empty: 'Nobody follows this channel by its name.',
    failed: 'Presence could not be read.',
    anonymous: 'Anonymous',
    connections: (count) => (count === 1 ? '1 connection' : `${count} connections`),
    since: 'since',
    more: (count) => `and ${count} more`,
  },
  live: { empty: 'Nothing has come yet', emptyLead: 'Messages on this channel show here as they come.' },
}

const tr: ChannelsWords = {
  lead: 'İletilerin gittiği yerler: her kanalı kim izliyor, içinden ne kadar geçiyor, günlük ne kadarını saklıyor.',
  columns: {
    name: 'Kanal',
    subscribers: 'Abone',
    rate: 'İleti/sn',
    bytes: 'Bayt/sn',
    kept: 'Saklanan',
    keptBytes: 'Saklanan boyut',
    last: 'Son ileti',
  },
  kind: { label: 'Çeşit', app: 'Uygulamaların', server: 'Sunucunun' },
  emptyTitle: 'Kullanılan kanal yok',
  emptyLead: 'Biri izlediği ya da yayımladığı anda kanal burada görünür.',
  all: 'Tüm kanallar',
  open: 'Bir kanalı adıyla aç',
  bad: (name) => `“${name}” bir kanal değil: ad, / ile ayrılan bölümlerde A–Z a–z 0–9 _ - . : içerir.`,
  figures: {
    label: 'Kanalın sayıları',
    subscribers: 'Aboneler',
    audience: (byName, byPattern) => `${byName} adıyla, ${byPattern} desenle`,
    rate: 'İletiler',
    size: 'Bayt',
    kept: 'Günlükte saklanan',
    keptNote: (size) => `${size} JSON`,
    last: 'Son ileti',
    failed: 'Kanal yüklenemedi.',
  },
  tabs: { label: 'Bu kanalın', live: 'Canlı', history: 'Geçmiş', presence: 'Kimler var', publish: 'Yayımla' },
  presence: {
    label: 'Bu kanalda kimler var',
    count: (count) => `${count} kişi var`,
    empty: 'Bu kanalı adıyla izleyen yok.',
    failed: 'Kimlerin olduğu okunamadı.',
    anonymous: 'Adsız',
    connections: (count) => `${count} bağlantı`,
    since: 'şundan beri:',
    more: (count) => `ve ${count} kişi daha`,
  },
  live: { empty: 'Henüz bir şey gelmedi', emptyLead: 'Bu kanaldaki iletiler geldikçe burada görünür.' },
}

export const channelsWords: Record<Language, ChannelsWords> = { en, tr }
