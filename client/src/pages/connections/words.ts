import type { Language } from '../../lib/words.ts'

interface ConnectionsWords {
  lead: string
  columns: {
    who: string
    transport: string
    address: string
    channels: string
    connected: string
    messages: string
    bytes: string
    buffered: string
  }
  filters: { channel: string; user: string; address: string }
  anonymous: string
  moreChannels: (count: number) => string
  ownOnly: string
  emptyTitle: string
  emptyLead: string
  disconnect: string
  disconnectMany: (count: string) => string
  disconnecting: {
    title: (count: number, exact: string) => string
    lead: (count: number, exact: string) => string
    effect: string
    submit: string
    submitting: string
    done: (count: number, exact: string) => string
  }
  panel: {
    title: string
    id: string
    user: string
    name: string
    transport: string
    address: string
    agent: string
    node: string
    since: string
    expires: string
    never: string
    position: string
    lag: string
    upToDate: string
    behind: (count: string) => string
    replaying: string
    sent: string
    sentValue: (messages: string, bytes: string) => string
    buffered: string
    nothingBuffered: string
    gone: string
    goneLead: string
    closed: (reason: string) => string
    loadFailed: string
  }
  tabs: { label: string; sent: string; life: string; channels: string; send: string }
  channels: {
    label: string
    none: string
    add: string
    added: (channel: string) => string
    removed: (channel: string) => string
    remove: (channel: string) => string
    name: string
    help: string
    bad: string
  }
  sent: {
    label: string
    empty: string
    pause: string
    resume: string
    waiting: (count: number) => string
    hidden: (bytes: string) => string
    skipped: (bytes: string) => string
    noType: string
  }
  life: { empty: string; failed: string; types: Record<string, string>; reason: string; by: string }
  reasons: Record<string, string>
}

const en: ConnectionsWords = {
  lead: 'Who is connected to this hub right now, what they follow and what they are sent.',
  columns: {
    who: 'Who',
    transport: 'Transport',
    address: 'Address',
    channels: 'Channels',
    connected: 'Connected',
    messages: 'Messages',
    bytes: 'Sent',
    buffered: 'Waiting',
  },
  filters: { channel: 'Channel', user: 'User', address: 'Address' },
  anonymous: 'Anonymous',
  moreChannels: (count) => `+${count}`,
  ownOnly: 'its own only',
  emptyTitle: 'Nobody is connected',
  emptyLead: 'Whoever opens a stream at /api/events or /ws shows up here within a second.',
  disconnect: 'Disconnect',
  disconnectMany: (count) => `Disconnect ${count}`,
  disconnecting: {
    title: (count, exact) => (count === 1 ? 'Disconnect this connection?' : `Disconnect ${exact} connections?`),
    lead: (count, exact) =>
      count === 1
        ? 'One client is told that it was disconnected by hand.'
        : `${exact} clients are told that they were disconnected by hand.`,
    effect: 'They are not let in again for a minute, and come back only if somebody starts them again.',
    submit: 'Disconnect',
    submitting: 'Disconnecting…',
    done: (count, exact) => (count === 1 ? '1 connection was closed.' : `${exact} connections were closed.`),
  },
  panel: {
    title: 'Connection',
    id: 'Id',
    user: 'User',
    name: 'Name',
    transport: 'Transport',
    address: 'Address',
    agent: 'Program',
    node: 'Node',
    since: 'Connected',
    expires: 'Access ends',
    never: 'never',
    position: 'Position',
    lag: 'Behind the log',
    upToDate: 'up to date',
    behind: (count) => (count === '1' ? '1 place' : `${count} places`),
    replaying: 'being brought up to date',
    sent: 'Sent',
    sentValue: (messages, bytes) => (messages === '1' ? `1 message, ${bytes}` : `${messages} messages, ${bytes}`),
    buffered: 'Waiting to be taken',
    nothingBuffered: 'nothing',
    gone: 'This connection is not open',
    goneLead: 'It was closed, or its address is mistyped. What is known of its life is below.',
    closed: (reason) => `Closed: ${reason}`,
    loadFailed: 'The connection could not be loaded.',
  },
  tabs: { label: 'Of this connection', sent: 'Sent to it', life: 'Its life', channels: 'Channels', send: 'Send' },
  channels: {
    label: 'Channels that it follows',
    none: 'It follows no channel but its own.',
    add: 'Add',
    added: (channel) => `The connection follows ${channel} now.`,
    removed: (channel) => `The connection does not follow ${channel} any more.`,
    remove: (channel) => `Stop following ${channel}`,
    name: 'Channel or pattern',
    help: 'It can only follow what its own rights allow.',
    bad: 'A name of A–Z a–z 0–9 _ - . : in segments parted by /; in a pattern * is one segment, a final ** any.',
  },
  sent: {
    label: 'Live: what is written to this connection',
    empty: 'Nothing has been sent since this panel was opened.',
    pause: 'Pause',
    resume: 'Continue',
    waiting: (count) => (count === 1 ? '1 waits' : `${count} wait`),
    hidden: (bytes) => `${bytes}, not shown: private between participants, or very large`,
    skipped: (bytes) => `${bytes} more were sent than can be shown.`,
    noType: 'frame',
  },
  life: {
    empty: 'The event log holds nothing of this connection.',
    failed: 'The event log could not be read.',
    types: {
      connect: 'Connected',
      disconnect: 'Closed',
      kick: 'Disconnected by hand',
      refusal: 'Refused',
      broadcast: 'Published',
    },
    reason: 'reason',
    by: 'by',
  },
  reasons: {
    closed: 'the client left',
    kicked: 'disconnected by hand',
    shutdown: 'the server stopped',
    expired: 'access ended',
    slow_consumer: 'it read too slowly',
    replaced: 'opened elsewhere',
    error: 'the link broke',
  },
}

const tr: ConnectionsWords = {
  lead: 'Bu merkeze şu anda kimler bağlı, neleri izliyorlar ve onlara neler gönderiliyor.',
  columns: {
    who: 'Kim',
    transport: 'Taşıma',
    address: 'Adres',
    channels: 'Kanallar',
    connected: 'Bağlandı',
    messages: 'İleti',
    bytes: 'Gönderilen',
    buffered: 'Bekleyen',
  },
  filters: { channel: 'Kanal', user: 'Kullanıcı', address: 'Adres' },
  anonymous: 'Adsız',
  moreChannels: (count) => `+${count}`,
  ownOnly: 'yalnız kendi kanalı',
  emptyTitle: 'Bağlı kimse yok',
  emptyLead: '/api/events ya da /ws adresinde akış açan herkes bir saniye içinde burada görünür.',
  disconnect: 'Bağlantıyı kes',
  disconnectMany: (count) => `${count} bağlantıyı kes`,
  disconnecting: {
    title: (count, exact) => (count === 1 ? 'Bu bağlantı kesilsin mi?' : `${exact} bağlantı kesilsin mi?`),
    lead: (count, exact) =>
      count === 1
        ? 'Bir istemciye bağlantısının elle kesildiği bildirilir.'
        : `${exact} istemciye bağlantılarının elle kesildiği bildirilir.`,
    effect: 'Bir dakika boyunca yeniden alınmazlar; ancak biri yeniden başlatırsa dönerler.',
    submit: 'Bağlantıyı kes',
    submitting: 'Kesiliyor…',
    done: (_count, exact) => `${exact} bağlantı kapatıldı.`,
  },
  panel: {
    title: 'Bağlantı',
    id: 'Kimlik',
    user: 'Kullanıcı',
    name: 'Ad',
    transport: 'Taşıma',
    address: 'Adres',
    agent: 'Program',
    node: 'Düğüm',
    since: 'Bağlandı',
    expires: 'Erişimin bitişi',
    never: 'hiç',
    position: 'Konum',
    lag: 'Günlüğün gerisinde',
    upToDate: 'güncel',
    behind: (count) => `${count} yer`,
    replaying: 'güncelleniyor',
    sent: 'Gönderilen',
    sentValue: (messages, bytes) => `${messages} ileti, ${bytes}`,
    buffered: 'Alınmayı bekleyen',
    nothingBuffered: 'yok',
    gone: 'Bu bağlantı açık değil',
    goneLead: 'Kapanmış ya da adresi yanlış yazılmış. Yaşamından bilinenler aşağıda.',
    closed: (reason) => `Kapandı: ${reason}`,
    loadFailed: 'Bağlantı yüklenemedi.',
  },
  tabs: { label: 'Bu bağlantının', sent: 'Gönderilenler', life: 'Yaşamı', channels: 'Kanallar', send: 'Gönder' },
  channels: {
    label: 'İzlediği kanallar',
    none: 'Kendi kanalından başka kanal izlemiyor.',
    add: 'Ekle',
    added: (channel) => `Bağlantı artık şu kanalı izliyor: ${channel}`,
    removed: (channel) => `Bağlantı artık şu kanalı izlemiyor: ${channel}`,
    remove: (channel) => `İzlemeyi bırak: ${channel}`,
    name: 'Kanal ya da desen',
    help: 'Yalnız kendi haklarının izin verdiğini izleyebilir.',
    bad: '/ ile ayrılan bölümlerde A–Z a–z 0–9 _ - . : kullanılır; desende * bir bölüm, sondaki ** her şeydir.',
  },
  sent: {
    label: 'Canlı: bu bağlantıya yazılanlar',
    empty: 'Bu bölme açıldığından beri hiçbir şey gönderilmedi.',
    pause: 'Duraklat',
    resume: 'Sürdür',
    waiting: (count) => `${count} tane bekliyor`,
    hidden: (bytes) => `${bytes}; katılımcılar arasında özel ya da çok büyük olduğundan gösterilmiyor`,
    skipped: (bytes) => `Gösterilebilenden ${bytes} fazlası gönderildi.`,
    noType: 'çerçeve',
  },
  life: {
    empty: 'Olay günlüğünde bu bağlantıyla ilgili kayıt yok.',
    failed: 'Olay günlüğü okunamadı.',
    types: {
      connect: 'Bağlandı',
      disconnect: 'Kapandı',
      kick: 'Elle kesildi',
      refusal: 'Reddedildi',
      broadcast: 'Yayımladı',
    },
    reason: 'neden',
    by: 'yapan',
  },
  reasons: {
    closed: 'istemci ayrıldı',
    kicked: 'elle kesildi',
    shutdown: 'sunucu durdu',
    expired: 'erişim bitti',
    slow_consumer: 'çok yavaş okudu',
    replaced: 'başka yerde açıldı',
    error: 'hat koptu',
  },
}

export const connectionsWords: Record<Language, ConnectionsWords> = { en, tr }
