import type { SettingKey } from '../../../../shared/settings.ts'

interface SettingText {
  name: string
  help: string
}

/** What each setting is called and does, by key; the server's words stand in for those that are not here. */
export type SettingTexts = Readonly<Partial<Record<string, SettingText>>>
type All = Record<SettingKey, SettingText>

export const settingTextsEn: SettingTexts = {
  max_connections: {
    name: 'Most connections',
    help: 'What one node keeps open. Above it newcomers get 503 and try again later.',
  },
  max_channels_per_connection: {
    name: 'Most channels per connection',
    help: 'Channels and patterns that one connection follows.',
  },
  connect_rate_limit: {
    name: 'New connections from one address',
    help: 'A second, with a burst of ten times as many; 0 for no limit. Of an IPv6 address the first 64 bits count, and this machine itself is not limited.',
  },
  heartbeat_interval: {
    name: 'Heartbeat',
    help: 'How often an open stream gets a sign of life, which also moves its position forward.',
  },
  history_ttl: { name: 'Keep messages for', help: 'How long they are there for resume, history and search.' },
  history_max_messages: {
    name: 'Keep at most',
    help: 'How many messages are there for resume, history and search; the oldest go first.',
  },
  message_max_bytes: { name: 'Largest message', help: 'As JSON text in UTF-8. Larger ones are refused with 413.' },
  replay_max_messages: {
    name: 'Most missed messages sent again',
    help: 'What a returning connection gets; of more, the newest, and it is told of the gap.',
  },
  slow_consumer_max_bytes: {
    name: 'How far a reader may fall behind',
    help: 'Whoever is further behind is cut off, and resumes from the last position.',
  },
  publish_rate_limit: {
    name: 'Messages from one publisher',
    help: 'A second, per key, user or admin; 0 for no limit.',
  },
  client_rate_limit: {
    name: 'Frames from one client',
    help: 'A second over WebSocket, with a burst of twice as many.',
  },
  anonymous_access: {
    name: 'Anonymous access',
    help: 'Whether callers without a token may subscribe to the public channels.',
  },
  public_channels: {
    name: 'Public channels',
    help: 'Names and patterns that anyone may subscribe to while anonymous access is on; one a line, such as public/**.',
  },
  guest_rooms: { name: 'Guests may open rooms', help: 'Whether anyone may open a video room without an account.' },
  room_idle_minutes: { name: 'Empty rooms stay open for', help: 'After that a room that nobody is in ends.' },
  room_away_seconds: {
    name: 'A lost participant keeps the place for',
    help: 'Whoever is back within this time has not left the room.',
  },
  log_retention_days: { name: 'Keep the event log for', help: 'Older entries are deleted.' },
  stun_urls: {
    name: 'STUN servers',
    help: 'What browsers in a video room are told of; one a line, such as stun:stun.example.org:3478. STUN_URLS of the environment gives the default.',
  },
} satisfies All

export const settingTextsTr: SettingTexts = {
  max_connections: {
    name: 'En çok bağlantı',
    help: 'Bir düğümün açık tuttuğu bağlantılar. Üstündeki yeni gelenler 503 alır ve sonra yeniden dener.',
  },
  max_channels_per_connection: {
    name: 'Bağlantı başına en çok kanal',
    help: 'Bir bağlantının izleyebildiği kanal ve kalıp sayısı.',
  },
  connect_rate_limit: {
    name: 'Bir adresten yeni bağlantı',
    help: 'Saniyede; anlık olarak on katına kadar, 0 sınırsız demektir. IPv6 adresinin ilk 64 biti sayılır, bu makinenin kendisi sınırlanmaz.',
  },
  heartbeat_interval: {
    name: 'Yaşam belirtisi aralığı',
    help: 'Açık bir akışa hangi aralıkla yaşam belirtisi gönderildiği; konumunu da ilerletir.',
  },
  history_ttl: {
    name: 'İletileri saklama süresi',
    help: 'Sürdürme, geçmiş ve arama için ne kadar saklandıkları.',
  },
  history_max_messages: {
    name: 'En çok saklanan ileti',
    help: 'Sürdürme, geçmiş ve arama için saklanan ileti sayısı; önce en eskiler gider.',
  },
  message_max_bytes: {
    name: 'En büyük ileti',
    help: 'UTF-8 JSON metni olarak. Daha büyükleri 413 ile geri çevrilir.',
  },
  replay_max_messages: {
    name: 'Yeniden gönderilen en çok ileti',
    help: 'Geri dönen bir bağlantının aldığı; daha çoksa en yeniler gönderilir ve boşluk bildirilir.',
  },
  slow_consumer_max_bytes: {
    name: 'Bir okuyucu ne kadar geride kalabilir',
    help: 'Daha geride kalanın bağlantısı kesilir ve son konumundan sürdürür.',
  },
  publish_rate_limit: {
    name: 'Bir yayıncının iletileri',
    help: 'Saniyede; anahtar, kullanıcı ya da yönetici başına. 0 sınırsız demektir.',
  },
  client_rate_limit: {
    name: 'Bir istemcinin çerçeveleri',
    help: 'WebSocket üzerinden saniyede; anlık olarak iki katına kadar.',
  },
  anonymous_access: {
    name: 'Anonim erişim',
    help: 'Belirteci olmayanların herkese açık kanallara abone olup olamayacağı.',
  },
  public_channels: {
    name: 'Herkese açık kanallar',
    help: 'Anonim erişim açıkken herkesin abone olabildiği adlar ve kalıplar; her satırda bir tane, örneğin public/**.',
  },
  guest_rooms: {
    name: 'Konuklar oda açabilir',
    help: 'Hesabı olmayan birinin görüntülü oda açıp açamayacağı.',
  },
  room_idle_minutes: { name: 'Boş odanın açık kalma süresi', help: 'Sonra, içinde kimse olmayan oda kapanır.' },
  room_away_seconds: {
    name: 'Bağlantısı kopanın yerini koruma süresi',
    help: 'Bu süre içinde dönen, odadan ayrılmış sayılmaz.',
  },
  log_retention_days: { name: 'Günlüğü saklama süresi', help: 'Daha eski kayıtlar silinir.' },
  stun_urls: {
    name: 'STUN sunucuları',
    help: 'Görüntülü odadaki tarayıcılara bildirilenler; her satırda bir tane, örneğin stun:stun.example.org:3478. Varsayılanı ortamdaki STUN_URLS belirler.',
  },
} satisfies All
