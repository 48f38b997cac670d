import type { DashboardUser } from '../../../shared/api.ts'
import type { GapReason } from '../../../shared/protocol.ts'
import type { StopReason } from '../realtime/index.ts'

export const LANGUAGES = ['en', 'tr'] as const
export type Language = (typeof LANGUAGES)[number]

type Role = DashboardUser['role']

/** What the frame and the first page say; other pages bring their own words. A sentence is one entry, never glued from parts: languages order words differently. */
export interface Words {
  units: { day: string; hour: string; minute: string; second: string; perSecond: string }
  actions: {
    copy: string
    copied: string
    close: string
    dismiss: string
    retry: string
    cancel: string
    save: string
    saving: string
    showPassword: string
    hidePassword: string
  }
  pages: {
    overview: string
    connections: string
    channels: string
    messages: string
    publish: string
    rooms: string
    logs: string
    settings: string
    nodes: string
    webhooks: string
    keys: string
    users: string
    sessions: string
    access: string
    unknown: string
  }
  frame: {
    pages: string
    skip: string
    fold: string
    unfold: string
    more: string
    degraded: string
    groups: { traffic: string; server: string; access: string }
  }
  roles: Record<Role, string>
  page: { notFound: string; notFoundLead: string; home: string; broken: string; brokenLead: string; reload: string }
  list: {
    search: string
    count: (shown: string, total: string) => string
    all: string
    pick: string
    pickAll: string
    picked: (count: string) => string
    unpick: string
    addFilter: string
    removeFilter: (name: string) => string
    apply: string
    loadMore: string
    loadingMore: string
    failed: string
    stale: string
    notAllowed: string
    notAllowedLead: string
    noMatch: string
    noMatchLead: string
    showAll: string
    never: string
    none: string
    actions: string
  }
  signIn: {
    title: string
    lead: string
    email: string
    password: string
    submit: string
    submitting: string
    linkHelp: string
    linkSigningIn: string
    wrong: string
    linkWrong: string
    tooMany: (seconds: number) => string
  }
  account: { menu: string; signOut: string; changePassword: string; viewer: string; ended: string }
  password: {
    title: string
    old: string
    oldHelp: string
    new: string
    rule: string
    tooShort: (missing: number) => string
    tooLong: string
    tooCommon: string
    note: string
    submit: string
    changed: string
    wrongOld: string
  }
  preferences: {
    language: string
    themeSystem: string
    themeLight: string
    themeDark: string
  }
  errors: { unreachable: string; unexpected: string; sessionUnknown: string }
  connection: {
    label: string
    connecting: string
    live: string
    retryingIn: (seconds: number) => string
    retrying: string
    retryNow: string
    offline: string
    stopped: string
    reconnect: string
    reasons: Record<StopReason, string>
  }
  gap: { title: string; reasons: Record<GapReason, string>; range: (from: string, to: string) => string }
  figures: {
    title: string
    connections: string
    peak: (count: string) => string
    messagesIn: string
    messagesOut: string
    total: (count: string) => string
    uptime: string
    version: (version: string) => string
    memory: string
    heap: (size: string) => string
    latency: string
    lag: string
    p99: (time: string) => string
    database: string
    databaseOk: string
    databaseAway: string
    broker: (kind: string, ok: boolean) => string
    databaseKinds: Record<string, string>
    lastMinute: (name: string) => string
    staleSince: (time: string) => string
    failed: string
  }
  stream: {
    title: string
    filter: string
    filterHelp: string
    pause: string
    resume: string
    waiting: (count: string) => string
    emptyTitle: string
    emptyLead: string
    emptyLeadViewer: string
    emptyKey: string
    noMatchTitle: string
    noMatchLead: (filter: string) => string
    showAll: string
    columns: { time: string; channel: string; type: string; message: string }
    shown: (count: string) => string
  }
  message: {
    title: string
    position: string
    ephemeral: string
    channel: string
    type: string
    time: string
    from: string
    content: string
    newer: string
    older: string
  }
  archive: {
    emptyTitle: string
    emptyLead: string
    again: string
    edit: string
    againTitle: string
    againLead: (channel: string) => string
    againEffect: string
    againSubmit: string
    againSubmitting: string
    againDone: (recipients: number) => string
  }
  send: {
    title: string
    channel: string
    type: string
    fields: string
    fieldsHelp: string
    submit: string
    submitting: string
    shortcut: string
    badChannel: string
    badType: (type: string) => string
    noType: string
    badJson: string
    notObject: string
    ownField: (name: string) => string
    sent: (recipients: number) => string
    sentAs: string
  }
}

const en: Words = {
  units: { day: 'd', hour: 'h', minute: 'min', second: 's', perSecond: '/s' },
  actions: {
    copy: 'Copy',
    copied: 'Copied',
    close: 'Close',
    dismiss: 'Dismiss',
    retry: 'Try again',
    cancel: 'Cancel',
    save: 'Save',
    saving: 'Saving…',
    showPassword: 'Show password',
    hidePassword: 'Hide password',
  },
  pages: {
    overview: 'Overview',
    connections: 'Connections',
    channels: 'Channels',
    messages: 'Messages',
    publish: 'Publish',
    rooms: 'Rooms',
    logs: 'Logs',
    settings: 'Settings',
    nodes: 'Nodes',
    webhooks: 'Webhooks',
    keys: 'Keys',
    users: 'Users',
    sessions: 'Sessions',
    access: 'Access',
    unknown: 'Page not found',
  },
  frame: {
    pages: 'Pages',
    skip: 'Skip to content',
    fold: 'Fold the rail',
    unfold: 'Unfold the rail',
    more: 'More',
    degraded: 'Degraded: see the overview',
    groups: { traffic: 'Traffic', server: 'Server', access: 'People and keys' },
  },
  roles: { admin: 'Admin', viewer: 'Viewer' },
  page: {
    notFound: 'There is no page here',
    notFoundLead: 'The address may be mistyped, or the page has moved.',
    home: 'Go to the overview',
    broken: 'This page could not be shown',
    brokenLead: 'Yayın may have been updated meanwhile. Loading it anew helps.',
    reload: 'Load anew',
  },
  list: {
    search: 'Search',
    count: (shown, total) => (shown === total ? total : `${shown} of ${total}`),
    all: 'All',
    pick: 'Select',
    pickAll: 'Select all',
    picked: (count) => `${count} selected`,
    unpick: 'Clear selection',
    addFilter: 'Filter',
    removeFilter: (name) => `Remove the filter ${name}`,
    apply: 'Apply',
    loadMore: 'Load more',
    loadingMore: 'Loading…',
    failed: 'The list could not be loaded.',
    stale: 'The list could not be renewed; it may be out of date.',
    notAllowed: 'This is not yours to see',
    notAllowedLead: 'Ask an admin of this hub for access.',
    noMatch: 'Nothing matches',
    noMatchLead: 'No entry fits the search and the filter.',
    showAll: 'Show all',
    never: 'never',
    none: 'none',
    actions: 'Actions',
  },
  signIn: {
    title: 'Sign in to Yayın',
    lead: 'See what goes through this hub, as it happens.',
    email: 'E-mail',
    password: 'Password',
    submit: 'Sign in',
    submitting: 'Signing in…',
    linkHelp: 'No password set? Open the one-time link that the server printed when it started.',
    linkSigningIn: 'Signing in with your one-time link…',
    wrong: 'E-mail or password is wrong.',
    linkWrong: 'This link was used already or is too old. Restart the server to get a new one.',
    tooMany: (seconds) => `Too many attempts. Try again in ${seconds} s.`,
  },
  account: {
    menu: 'Account',
    signOut: 'Sign out',
    changePassword: 'Change password',
    viewer: 'As a viewer you see everything and change nothing.',
    ended: 'Your session was ended. Sign in again to go on.',
  },
  password: {
    title: 'Change password',
    old: 'Present password',
    oldHelp: 'Leave it empty if you signed in by a one-time link and have none yet.',
    new: 'New password',
    rule: '12 to 128 characters of any kind; spaces count too. Common passwords are refused.',
    tooShort: (missing) => (missing === 1 ? '1 more character is needed.' : `${missing} more characters are needed.`),
    tooLong: 'A password has 128 characters at most.',
    tooCommon: 'This password is easy to guess. Choose another.',
    note: 'Your other sessions are signed out.',
    submit: 'Change password',
    changed: 'Password changed. Your other sessions were signed out.',
    wrongOld: 'The present password is wrong.',
  },
  preferences: {
    language: 'Language',
    themeSystem: 'Theme: as the system',
    themeLight: 'Theme: light',
    themeDark: 'Theme: dark',
  },
  errors: {
    unreachable: 'The server cannot be reached. Check that it is running, then try again.',
    unexpected: 'The server could not do this. Its log says why.',
    sessionUnknown: 'Yayın could not tell whether you are signed in.',
  },
  connection: {
    label: 'Connection',
    connecting: 'Connecting',
    live: 'Live',
    retryingIn: (seconds) => `Retrying in ${seconds} s`,
    retrying: 'Connection lost, retrying',
    retryNow: 'Retry now',
    offline: 'Offline',
    stopped: 'Stopped',
    reconnect: 'Reconnect',
    reasons: {
      attempts: 'server not reached',
      unauthorized: 'signed out',
      forbidden: 'not allowed',
      rejected: 'request refused',
      closed: 'closed',
      kicked: 'disconnected by an admin',
      shutdown: 'server shut down',
      expired: 'session expired',
      slow_consumer: 'this page was too slow',
      replaced: 'opened elsewhere',
    },
  },
  gap: {
    title: 'Messages were missed while disconnected',
    reasons: {
      expired: 'They are no longer kept. What is still kept follows.',
      epoch: 'The server’s history was replaced.',
      too_many: 'There were more than are sent again. The newest of them follow.',
      invalid: 'The server did not know the place where this page left off.',
    },
    range: (from, to) => `Missed: after ${from}, up to ${to}.`,
  },
  figures: {
    title: 'Figures',
    connections: 'Connections',
    peak: (count) => `peak ${count}`,
    messagesIn: 'Messages in',
    messagesOut: 'Messages out',
    total: (count) => `${count} in total`,
    uptime: 'Uptime',
    version: (version) => `version ${version}`,
    memory: 'Memory',
    heap: (size) => `heap ${size}`,
    latency: 'Delivery latency',
    lag: 'Event loop lag',
    p99: (time) => `p99 ${time}`,
    database: 'Database and broker',
    databaseOk: 'OK',
    databaseAway: 'Away',
    broker: (kind, ok) => (ok ? `${kind} broker` : `${kind} broker away`),
    databaseKinds: { pglite: 'PGlite', postgresql: 'PostgreSQL' },
    lastMinute: (name) => `${name}, last 60 seconds`,
    staleSince: (time) => `Not updated since ${time}`,
    failed: 'The figures could not be loaded.',
  },
  stream: {
    title: 'Messages',
    filter: 'Filter by channel',
    filterHelp: 'Part of a name, or a pattern such as orders/**',
    pause: 'Pause',
    resume: 'Continue',
    waiting: (count) => `${count} new`,
    emptyTitle: 'No messages yet',
    emptyLead: 'Send the first one with the form, or from a terminal:',
    emptyLeadViewer: 'They show as they come. The first one can be sent from a terminal:',
    emptyKey: '$KEY is the API key that the server printed at its first start.',
    noMatchTitle: 'No message matches',
    noMatchLead: (filter) => `Nothing has come through a channel like “${filter}”.`,
    showAll: 'Show all channels',
    columns: { time: 'Time', channel: 'Channel', type: 'Type', message: 'Message' },
    shown: (count) => `${count} shown`,
  },
  message: {
    title: 'Message',
    position: 'Id',
    ephemeral: 'none, ephemeral',
    channel: 'Channel',
    type: 'Type',
    time: 'Time',
    from: 'From',
    content: 'Whole message',
    newer: 'Newer message',
    older: 'Older message',
  },
  archive: {
    emptyTitle: 'Nothing is stored yet',
    emptyLead: 'Messages stay here as long as the settings for the history say. Ephemeral ones are never stored.',
    again: 'Publish again',
    edit: 'Edit and publish',
    againTitle: 'Publish this message again?',
    againLead: (channel) => `Everybody who follows ${channel} now gets it once more.`,
    againEffect: 'It gets a new id and a new time, and you as its publisher.',
    againSubmit: 'Publish again',
    againSubmitting: 'Publishing…',
    againDone: (recipients) =>
      recipients === 1 ? 'Published again, to 1 connection.' : `Published again, to ${recipients} connections.`,
  },
  send: {
    title: 'Send a message',
    channel: 'Channel',
    type: 'Type',
    fields: 'Fields',
    fieldsHelp: 'A JSON object; it travels untouched.',
    submit: 'Send',
    submitting: 'Sending…',
    shortcut: 'Ctrl + Enter',
    badChannel: 'A name of A–Z a–z 0–9 _ - . : in segments parted by /, 200 characters at most.',
    badType: (type) => `“${type}” is reserved for the server. Choose another word.`,
    noType: 'A type is needed, such as message.',
    badJson: 'This is not valid JSON yet.',
    notObject: 'A message is a JSON object, such as {"text": "Hello"}.',
    ownField: (name) => `“${name}” is set by its own field above.`,
    sent: (recipients) => (recipients === 1 ? 'Sent to 1 connection' : `Sent to ${recipients} connections`),
    sentAs: 'as',
  },
}

const tr: Words = {
  units: { day: 'g', hour: 'sa', minute: 'dk', second: 'sn', perSecond: '/sn' },
  actions: {
    copy: 'Kopyala',
    copied: 'Kopyalandı',
    close: 'Kapat',
    dismiss: 'Kapat',
    retry: 'Yeniden dene',
    cancel: 'Vazgeç',
    save: 'Kaydet',
    saving: 'Kaydediliyor…',
    showPassword: 'Parolayı göster',
    hidePassword: 'Parolayı gizle',
  },
  pages: {
    overview: 'Özet',
    connections: 'Bağlantılar',
    channels: 'Kanallar',
    messages: 'İletiler',
    publish: 'Gönder',
    rooms: 'Odalar',
    logs: 'Günlük',
    settings: 'Ayarlar',
    nodes: 'Düğümler',
    webhooks: 'Webhook’lar',
    keys: 'Anahtarlar',
    users: 'Kullanıcılar',
    sessions: 'Oturumlar',
    access: 'Erişim',
    unknown: 'Sayfa bulunamadı',
  },
  frame: {
    pages: 'Sayfalar',
    skip: 'İçeriğe geç',
    fold: 'Kenar çubuğunu daralt',
    unfold: 'Kenar çubuğunu genişlet',
    more: 'Diğer',
    degraded: 'Aksaklık var: özete bak',
    groups: { traffic: 'Trafik', server: 'Sunucu', access: 'Kişiler ve anahtarlar' },
  },
  roles: { admin: 'Yönetici', viewer: 'İzleyici' },
  page: {
    notFound: 'Burada bir sayfa yok',
    notFoundLead: 'Adres yanlış yazılmış ya da sayfa taşınmış olabilir.',
    home: 'Özete git',
    broken: 'Bu sayfa gösterilemedi',
    brokenLead: 'Yayın bu arada güncellenmiş olabilir. Yeniden yüklemek işe yarar.',
    reload: 'Yeniden yükle',
  },
  list: {
    search: 'Ara',
    count: (shown, total) => (shown === total ? total : `${shown} / ${total}`),
    all: 'Tümü',
    pick: 'Seç',
    pickAll: 'Tümünü seç',
    picked: (count) => `${count} seçili`,
    unpick: 'Seçimi kaldır',
    addFilter: 'Süzgeç',
    removeFilter: (name) => `Süzgeci kaldır: ${name}`,
    apply: 'Uygula',
    loadMore: 'Devamını yükle',
    loadingMore: 'Yükleniyor…',
    failed: 'Liste yüklenemedi.',
    stale: 'Liste yenilenemedi; güncel olmayabilir.',
    notAllowed: 'Bunu görme iznin yok',
    notAllowedLead: 'Bu merkezin bir yöneticisinden erişim iste.',
    noMatch: 'Eşleşen kayıt yok',
    noMatchLead: 'Aramaya ve süzgece uyan kayıt bulunamadı.',
    showAll: 'Tümünü göster',
    never: 'hiç',
    none: 'yok',
    actions: 'İşlemler',
  },
  signIn: {
    title: 'Yayın’a giriş yap',
    lead: 'Bu merkezden geçenleri anında gör.',
    email: 'E-posta',
    password: 'Parola',
    submit: 'Giriş yap',
    submitting: 'Giriş yapılıyor…',
    linkHelp: 'Parola belirlenmedi mi? Sunucunun başlarken yazdığı tek kullanımlık bağlantıyı aç.',
    linkSigningIn: 'Tek kullanımlık bağlantıyla giriş yapılıyor…',
    wrong: 'E-posta ya da parola yanlış.',
    linkWrong: 'Bu bağlantı kullanılmış ya da süresi geçmiş. Yenisi için sunucuyu yeniden başlat.',
    tooMany: (seconds) => `Çok fazla deneme yapıldı. ${seconds} sn sonra yeniden dene.`,
  },
  account: {
    menu: 'Hesap',
    signOut: 'Çıkış yap',
    changePassword: 'Parolayı değiştir',
    viewer: 'İzleyici olarak her şeyi görür, hiçbir şeyi değiştirmezsin.',
    ended: 'Oturumun sonlandırıldı. Sürdürmek için yeniden giriş yap.',
  },
  password: {
    title: 'Parolayı değiştir',
    old: 'Şimdiki parola',
    oldHelp: 'Tek kullanımlık bağlantıyla girdiysen ve parolan yoksa boş bırak.',
    new: 'Yeni parola',
    rule: 'Her türden 12–128 karakter; boşluklar da sayılır. Çok bilinen parolalar kabul edilmez.',
    tooShort: (missing) => `${missing} karakter daha gerekli.`,
    tooLong: 'Parola en çok 128 karakter olabilir.',
    tooCommon: 'Bu parola kolay tahmin edilir. Başka bir tane seç.',
    note: 'Öbür oturumların kapatılır.',
    submit: 'Parolayı değiştir',
    changed: 'Parola değişti. Öbür oturumların kapatıldı.',
    wrongOld: 'Şimdiki parola yanlış.',
  },
  preferences: {
    language: 'Dil',
    themeSystem: 'Tema: sistemdeki gibi',
    themeLight: 'Tema: açık',
    themeDark: 'Tema: koyu',
  },
  errors: {
    unreachable: 'Sunucuya ulaşılamıyor. Çalıştığını denetle, sonra yeniden dene.',
    unexpected: 'Sunucu bunu yapamadı. Nedeni günlüğünde yazıyor.',
    sessionUnknown: 'Oturumun açık olup olmadığı anlaşılamadı.',
  },
  connection: {
    label: 'Bağlantı',
    connecting: 'Bağlanıyor',
    live: 'Canlı',
    retryingIn: (seconds) => `${seconds} sn sonra denenecek`,
    retrying: 'Bağlantı koptu, yeniden deneniyor',
    retryNow: 'Şimdi dene',
    offline: 'Çevrimdışı',
    stopped: 'Durdu',
    reconnect: 'Yeniden bağlan',
    reasons: {
      attempts: 'sunucuya ulaşılamadı',
      unauthorized: 'oturum kapalı',
      forbidden: 'izin yok',
      rejected: 'istek reddedildi',
      closed: 'kapatıldı',
      kicked: 'bir yönetici bağlantıyı kesti',
      shutdown: 'sunucu kapandı',
      expired: 'oturumun süresi doldu',
      slow_consumer: 'bu sayfa yetişemedi',
      replaced: 'başka yerde açıldı',
    },
  },
  gap: {
    title: 'Bağlantı yokken bazı iletiler kaçırıldı',
    reasons: {
      expired: 'Artık saklanmıyorlar. Hâlâ saklananlar aşağıda.',
      epoch: 'Sunucunun geçmişi değişti.',
      too_many: 'Yeniden gönderilebilecekten fazlaydılar. En yenileri aşağıda.',
      invalid: 'Sunucu bu sayfanın kaldığı yeri tanımadı.',
    },
    range: (from, to) => `Kaçırılan aralık: ${from} sonrası, ${to} dahil.`,
  },
  figures: {
    title: 'Göstergeler',
    connections: 'Bağlantılar',
    peak: (count) => `en çok ${count}`,
    messagesIn: 'Gelen iletiler',
    messagesOut: 'Giden iletiler',
    total: (count) => `toplam ${count}`,
    uptime: 'Çalışma süresi',
    version: (version) => `sürüm ${version}`,
    memory: 'Bellek',
    heap: (size) => `yığın ${size}`,
    latency: 'Teslim gecikmesi',
    lag: 'Döngü gecikmesi',
    p99: (time) => `p99 ${time}`,
    database: 'Veritabanı ve aracı',
    databaseOk: 'İyi',
    databaseAway: 'Yok',
    broker: (kind, ok) => (ok ? `${kind} aracı` : `${kind} aracıya ulaşılamıyor`),
    databaseKinds: { pglite: 'PGlite', postgresql: 'PostgreSQL' },
    lastMinute: (name) => `${name}, son 60 saniye`,
    staleSince: (time) => `${time} saatinden beri güncellenmedi`,
    failed: 'Göstergeler yüklenemedi.',
  },
  stream: {
    title: 'İletiler',
    filter: 'Kanala göre süz',
    filterHelp: 'Adın bir parçası ya da orders/** gibi bir kalıp',
    pause: 'Duraklat',
    resume: 'Sürdür',
    waiting: (count) => `${count} yeni`,
    emptyTitle: 'Henüz ileti yok',
    emptyLead: 'İlkini formla ya da uçbirimden gönder:',
    emptyLeadViewer: 'Geldikçe burada görünürler. İlki uçbirimden gönderilebilir:',
    emptyKey: '$KEY, sunucunun ilk başlangıçta yazdığı API anahtarıdır.',
    noMatchTitle: 'Eşleşen ileti yok',
    noMatchLead: (filter) => `“${filter}” gibi bir kanaldan ileti geçmedi.`,
    showAll: 'Bütün kanalları göster',
    columns: { time: 'Saat', channel: 'Kanal', type: 'Tür', message: 'İleti' },
    shown: (count) => `${count} ileti`,
  },
  message: {
    title: 'İleti',
    position: 'Kimlik',
    ephemeral: 'yok, geçici ileti',
    channel: 'Kanal',
    type: 'Tür',
    time: 'Zaman',
    from: 'Gönderen',
    content: 'İletinin tamamı',
    newer: 'Daha yeni ileti',
    older: 'Daha eski ileti',
  },
  archive: {
    emptyTitle: 'Henüz saklanan ileti yok',
    emptyLead: 'İletiler, geçmiş ayarlarının izin verdiği sürece burada kalır. Geçici olanlar hiç saklanmaz.',
    again: 'Yeniden yayımla',
    edit: 'Düzenle ve yayımla',
    againTitle: 'Bu ileti yeniden yayımlansın mı?',
    againLead: (channel) => `Şu anda ${channel} kanalını izleyen herkes onu bir kez daha alır.`,
    againEffect: 'Yeni bir kimlik ve yeni bir zaman alır; yayımlayanı sen olursun.',
    againSubmit: 'Yeniden yayımla',
    againSubmitting: 'Yayımlanıyor…',
    againDone: (recipients) => `${recipients} bağlantıya yeniden yayımlandı.`,
  },
  send: {
    title: 'İleti gönder',
    channel: 'Kanal',
    type: 'Tür',
    fields: 'Alanlar',
    fieldsHelp: 'Bir JSON nesnesi; olduğu gibi iletilir.',
    submit: 'Gönder',
    submitting: 'Gönderiliyor…',
    shortcut: 'Ctrl + Enter',
    badChannel: '/ ile ayrılmış bölümlerde A–Z a–z 0–9 _ - . : kullan; en çok 200 karakter.',
    badType: (type) => `“${type}” sunucuya ayrılmıştır. Başka bir sözcük seç.`,
    noType: 'Bir tür gerekli, örneğin message.',
    badJson: 'Bu henüz geçerli JSON değil.',
    notObject: 'İleti bir JSON nesnesidir, örneğin {"text": "Merhaba"}.',
    ownField: (name) => `“${name}” yukarıdaki kendi alanından alınır.`,
    sent: (recipients) => `${recipients} bağlantıya gönderildi`,
    sentAs: 'kimlik',
  },
}

export const WORDS: Record<Language, Words> = { en, tr }
