import type { Language } from '../../lib/words.ts'

interface AccessWords {
  lead: string
  who: string
  kinds: { anonymous: string; claims: string; key: string }
  claims: string
  claimsHelp: string
  badClaims: string
  key: string
  noKeys: string
  action: string
  actions: { subscribe: string; publish: string }
  channel: string
  channelHelp: { subscribe: string; publish: string }
  badChannel: { subscribe: string; publish: string }
  type: string
  typeHelp: string
  submit: string
  answer: string
  allowed: string
  refused: string
  rule: string
  noRule: string
  /** What each rule says, by the name that the server gives it. */
  rules: Record<string, string>
  detail: string
  emptyTitle: string
  emptyLead: string
}

const en: AccessWords = {
  lead: 'Ask whether somebody may use a channel, and which rule decides. Nothing is changed by asking.',
  who: 'Who',
  kinds: { anonymous: 'Anonymous', claims: 'Token', key: 'API key' },
  claims: 'Claims of the token',
  claimsHelp: 'A JSON object, as the token carries it. What is left out is made up.',
  badClaims: 'A JSON object is needed, such as {"subscribe": ["orders/*"]}.',
  key: 'API key',
  noKeys: 'There are no keys yet.',
  action: 'Wants to',
  actions: { subscribe: 'Subscribe', publish: 'Publish' },
  channel: 'Channel',
  channelHelp: { subscribe: 'A name, or a pattern such as orders/**.', publish: 'A name, such as orders/7.' },
  badChannel: {
    subscribe: 'Segments of A–Z a–z 0–9 _ - . : parted by /, * for one segment, ** only at the end.',
    publish: 'A name of A–Z a–z 0–9 _ - . : in segments parted by /, without * here.',
  },
  type: 'Type of the message',
  typeHelp: 'Matters in rooms alone.',
  submit: 'Ask',
  answer: 'Answer',
  allowed: 'Allowed',
  refused: 'Not allowed',
  rule: 'Rule',
  noRule: 'No rule allows it, and what no rule allows is refused.',
  rules: {
    own_channel: 'Everybody may subscribe to the channel that is theirs alone.',
    own_connection: 'A connection may subscribe to its own channel.',
    public: 'It is a public channel, and anonymous access is on.',
    claim: 'A claim of the token covers the channel.',
    key: 'The key has the scope, and the channel is within its limits.',
    participant: 'Participants may talk in their own room.',
  },
  detail: 'In the server’s words',
  emptyTitle: 'Who may do what?',
  emptyLead: 'Fill in the form: the answer stands here, and its address can be sent on.',
}

const tr: AccessWords = {
  lead: 'Birinin bir kanalı kullanıp kullanamayacağını ve buna hangi kuralın karar verdiğini sor. Sormak hiçbir şeyi değiştirmez.',
  who: 'Kim',
  kinds: { anonymous: 'Anonim', claims: 'Belirteç', key: 'API anahtarı' },
  claims: 'Belirtecin bilgileri (claims)',
  claimsHelp: 'Belirtecin taşıdığı gibi bir JSON nesnesi. Eksik olanlar tamamlanır.',
  badClaims: 'Bir JSON nesnesi gerekli, örneğin {"subscribe": ["orders/*"]}.',
  key: 'API anahtarı',
  noKeys: 'Henüz anahtar yok.',
  action: 'Ne yapmak istiyor',
  actions: { subscribe: 'Abone olmak', publish: 'İleti göndermek' },
  channel: 'Kanal',
  channelHelp: { subscribe: 'Bir ad ya da orders/** gibi bir kalıp.', publish: 'Bir ad, örneğin orders/7.' },
  badChannel: {
    subscribe:
      '/ ile ayrılmış bölümlerde A–Z a–z 0–9 _ - . : kullan; * bir bölüm yerine geçer, ** yalnızca sonda olur.',
    publish: '/ ile ayrılmış bölümlerde A–Z a–z 0–9 _ - . : kullan; burada * olmaz.',
  },
  type: 'İletinin türü',
  typeHelp: 'Yalnızca odalarda önemlidir.',
  submit: 'Sor',
  answer: 'Yanıt',
  allowed: 'İzin var',
  refused: 'İzin yok',
  rule: 'Kural',
  noRule: 'Buna izin veren kural yok; hiçbir kuralın izin vermediği şey reddedilir.',
  rules: {
    own_channel: 'Herkes yalnızca kendine ait olan kanala abone olabilir.',
    own_connection: 'Bir bağlantı kendi kanalına abone olabilir.',
    public: 'Bu herkese açık bir kanal ve anonim erişim açık.',
    claim: 'Belirtecin bir bilgisi (claim) bu kanalı kapsıyor.',
    key: 'Anahtarın bu izni var ve kanal sınırları içinde.',
    participant: 'Katılımcılar kendi odalarında konuşabilir.',
  },
  detail: 'Sunucunun sözleriyle',
  emptyTitle: 'Kim ne yapabilir?',
  emptyLead: 'Formu doldur: yanıt burada görünür, adresi başkasına gönderilebilir.',
}

export const accessWords: Record<Language, AccessWords> = { en, tr }
