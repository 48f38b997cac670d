import type { JsonFault } from '../../lib/check-json.ts'
import type { Language } from '../../lib/words.ts'
import type { SampleLanguage } from './code-samples.ts'

interface PublishWords {
  lead: string
  viewer: string
  editor: {
    title: string
    channel: string
    message: string
    messageHelp: string
    when: string
    now: string
    later: string
    deliverAt: string
    deliverAtHelp: (zone: string) => string
    badTime: string
    ephemeral: string
    ephemeralHelp: string
    ephemeralLater: string
    tidy: string
    submit: string
    submitLater: string
    submitting: string
    shortcut: string
    fault: (line: number, column: number, what: string) => string
    faults: Record<JsonFault, (found: string) => string>
    notObject: string
    reserved: (type: string) => string
    ownChannel: string
    valid: (bytes: string) => string
    closed: string
  }
  audience: {
    title: string
    none: string
    noneLead: string
    some: (count: number, exact: string) => string
    split: (byName: string, byPattern: string) => string
    users: (users: number, exact: string) => string
    names: (names: string, rest: string) => string
    andMore: string
    failed: string
    later: string
  }
  outcomes: {
    title: string
    empty: string
    sent: (recipients: number, exact: string) => string
    scheduled: (moment: string) => string
    ephemeral: string
    failed: string
    took: (ms: string) => string
    show: string
  }
  templates: {
    title: string
    empty: string
    failed: string
    load: (name: string) => string
    save: string
    update: (name: string) => string
    updated: string
    name: string
    saveTitle: string
    saveSubmit: string
    saving: string
    saved: (name: string) => string
    delete: (name: string) => string
    deleteTitle: string
    deleteLead: (name: string) => string
    deleteSubmit: string
    deleting: string
    deleted: (name: string) => string
  }
  scheduled: {
    title: string
    empty: string
    failed: string
    cancel: (channel: string) => string
    cancelTitle: string
    cancelLead: (channel: string, moment: string) => string
    cancelSubmit: string
    cancelling: string
    cancelled: string
    by: (who: string) => string
  }
  code: { title: string; lead: string; languages: Record<SampleLanguage, string>; invalid: string }
}

const shown = (found: string) => (found === '\n' ? '⏎' : found)

const en: PublishWords = {
  lead: 'Write a message, see whom it reaches, send it now or later, and take it along as code.',
  viewer: 'As a viewer you may look at templates and take code along. Publishing is for admins.',
  editor: {
    title: 'Message',
    channel: 'Channel',
    message: 'Message',
    messageHelp: 'A JSON object; all of its fields travel untouched. “type” says what kind it is.',
    when: 'When',
    now: 'Now',
    later: 'Later',
    deliverAt: 'Deliver at',
    deliverAtHelp: (zone) => `In your time zone, ${zone}; within the next 30 days.`,
    badTime: 'Choose a time that is still to come, within the next 30 days.',
    ephemeral: 'Ephemeral',
    ephemeralHelp: 'Goes to whoever is there now; it is not kept, and nobody gets it later.',
    ephemeralLater: 'What is ephemeral can not wait.',
    tidy: 'Tidy up',
    submit: 'Publish',
    submitLater: 'Schedule',
    submitting: 'Publishing…',
    shortcut: 'Ctrl + Enter',
    fault: (line, column, what) => `Line ${line}, column ${column}: ${what}`,
    faults: {
      end: () => 'the text ends too early.',
      value: (found) => `a value is expected, not “${shown(found)}”.`,
      key: (found) => `a field’s name in double quotes is expected, not “${shown(found)}”.`,
      colon: (found) => `a colon is expected, not “${shown(found)}”.`,
      comma: (found) => `a comma or the closing bracket is expected, not “${shown(found)}”.`,
      string: () => 'a text may not hold a line break; write \\n.',
      escape: (found) => `there is no escape “\\${shown(found)}”.`,
      number: (found) => `this is no number at “${shown(found)}”.`,
      range: () => 'this number is longer or larger than 1,000 digits; send it as a text.',
      after: (found) => `nothing may follow the message, not “${shown(found)}”.`,
    },
    notObject: 'A message is a JSON object, such as {"text": "Hello"}.',
    reserved: (type) => `The type “${type}” is reserved for the server. Choose another word.`,
    ownChannel: 'The channel is set by its own field above; take “channel” out of the message.',
    valid: (bytes) => `Valid JSON, ${bytes}`,
    closed: 'Only the server and the people of a room publish there.',
  },
  audience: {
    title: 'Who gets it',
    none: 'Nobody follows this channel now',
    noneLead: 'The message is kept all the same: who comes back or asks for history gets it.',
    some: (count, exact) => (count === 1 ? '1 connection' : `${exact} connections`),
    split: (byName, byPattern) => `${byName} by name, ${byPattern} by pattern`,
    users: (users, exact) => (users === 1 ? '1 user' : `${exact} users`),
    names: (names, rest) => `${names}${rest}`,
    andMore: ' and others',
    failed: 'It could not be told who follows this channel.',
    later: 'These follow it now. Who gets it is decided when it is delivered.',
  },
  outcomes: {
    title: 'What happened',
    empty: 'What you publish here is listed with its id, whom it reached and how long it took.',
    sent: (recipients, exact) => (recipients === 1 ? 'Reached 1 connection' : `Reached ${exact} connections`),
    scheduled: (moment) => `Scheduled for ${moment}`,
    ephemeral: 'ephemeral',
    failed: 'Not published',
    took: (ms) => `in ${ms}`,
    show: 'Show the message',
  },
  templates: {
    title: 'Templates',
    empty: 'Keep a message that you publish often. All admins share the templates.',
    failed: 'The templates could not be loaded.',
    load: (name) => `Load the template ${name}`,
    save: 'Save as template',
    update: (name) => `Update “${name}”`,
    updated: 'The template was updated.',
    name: 'Name',
    saveTitle: 'Save as template',
    saveSubmit: 'Save template',
    saving: 'Saving…',
    saved: (name) => `“${name}” was saved.`,
    delete: (name) => `Delete the template ${name}`,
    deleteTitle: 'Delete this template?',
    deleteLead: (name) => `“${name}” is gone for all admins. Messages that were published from it stay.`,
    deleteSubmit: 'Delete template',
    deleting: 'Deleting…',
    deleted: (name) => `“${name}” was deleted.`,
  },
  scheduled: {
    title: 'Waiting for their time',
    empty: 'Nothing is scheduled.',
    failed: 'The scheduled messages could not be loaded.',
    cancel: (channel) => `Cancel the message to ${channel}`,
    cancelTitle: 'Cancel this message?',
    cancelLead: (channel, moment) => `It was to go to ${channel} on ${moment}. It will not be delivered.`,
    cancelSubmit: 'Cancel message',
    cancelling: 'Cancelling…',
    cancelled: 'The scheduled message was cancelled.',
    by: (who) => `by ${who}`,
  },
  code: {
    title: 'The same as code',
    lead: 'YAYIN_KEY in the environment is an API key with the scope publish.',
    languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python', php: 'PHP' },
    invalid: 'The code appears once the message is valid.',
  },
}

const tr: PublishWords = {
  lead: 'Bir ileti yaz, kime ulaşacağını gör, şimdi ya da sonra gönder, kod olarak yanına al.',
  viewer: 'İzleyici olarak şablonlara bakabilir, kodu alabilirsin. Yayımlamak yöneticilere açıktır.',
  editor: {
    title: 'İleti',
    channel: 'Kanal',
    message: 'İleti',
    messageHelp: 'Bir JSON nesnesi; bütün alanları olduğu gibi taşınır. “type” türünü söyler.',
    when: 'Ne zaman',
    now: 'Şimdi',
    later: 'Sonra',
    deliverAt: 'Teslim zamanı',
    deliverAtHelp: (zone) => `Senin saat diliminde, ${zone}; en çok 30 gün sonrası.`,
    badTime: 'Henüz gelmemiş, en çok 30 gün sonraki bir zaman seç.',
    ephemeral: 'Geçici',
    ephemeralHelp: 'Şu anda orada olanlara gider; saklanmaz, sonradan kimse alamaz.',
    ephemeralLater: 'Geçici ileti bekletilemez.',
    tidy: 'Düzenle',
    submit: 'Yayımla',
    submitLater: 'Zamanla',
    submitting: 'Yayımlanıyor…',
    shortcut: 'Ctrl + Enter',
    fault: (line, column, what) => `${line}. satır, ${column}. sütun: ${what}`,
    faults: {
      end: () => 'metin erken bitiyor.',
      value: (found) => `burada bir değer beklenir, “${shown(found)}” değil.`,
      key: (found) => `burada çift tırnak içinde alan adı beklenir, “${shown(found)}” değil.`,
      colon: (found) => `burada iki nokta beklenir, “${shown(found)}” değil.`,
      comma: (found) => `burada virgül ya da kapatan ayraç beklenir, “${shown(found)}” değil.`,
      string: () => 'metinde satır sonu olamaz; \\n yaz.',
      escape: (found) => `“\\${shown(found)}” diye bir kaçış yok.`,
      number: (found) => `“${shown(found)}” yerinde bu bir sayı olmaktan çıkıyor.`,
      range: () => 'bu sayı 1.000 basamaktan uzun ya da büyük; metin olarak gönder.',
      after: (found) => `iletiden sonra bir şey gelemez, “${shown(found)}” fazla.`,
    },
    notObject: 'Bir ileti JSON nesnesidir, örneğin {"text": "Merhaba"}.',
    reserved: (type) => `“${type}” türü sunucuya ayrılmıştır. Başka bir sözcük seç.`,
    ownChannel: 'Kanal yukarıdaki kendi alanıyla belirlenir; iletiden “channel” alanını çıkar.',
    valid: (bytes) => `Geçerli JSON, ${bytes}`,
    closed: 'Oraya yalnız sunucu ve odadakiler yayımlar.',
  },
  audience: {
    title: 'Kimler alacak',
    none: 'Bu kanalı şu anda izleyen yok',
    noneLead: 'İleti yine de saklanır: geri dönen ya da geçmişi isteyen alır.',
    some: (_count, exact) => `${exact} bağlantı`,
    split: (byName, byPattern) => `${byName} adıyla, ${byPattern} desenle`,
    users: (_users, exact) => `${exact} kullanıcı`,
    names: (names, rest) => `${names}${rest}`,
    andMore: ' ve başkaları',
    failed: 'Bu kanalı kimlerin izlediği öğrenilemedi.',
    later: 'Şu anda izleyenler bunlar. Kimin alacağı teslim anında belli olur.',
  },
  outcomes: {
    title: 'Ne oldu',
    empty: 'Burada yayımladıkların kimliği, ulaştığı yerler ve süresiyle listelenir.',
    sent: (_recipients, exact) => `${exact} bağlantıya ulaştı`,
    scheduled: (moment) => `Zamanlandı: ${moment}`,
    ephemeral: 'geçici',
    failed: 'Yayımlanmadı',
    took: (ms) => `${ms} içinde`,
    show: 'İletiyi göster',
  },
  templates: {
    title: 'Şablonlar',
    empty: 'Sık yayımladığın bir iletiyi sakla. Şablonlar bütün yöneticilerin ortağıdır.',
    failed: 'Şablonlar yüklenemedi.',
    load: (name) => `Şablonu yükle: ${name}`,
    save: 'Şablon olarak kaydet',
    update: (name) => `Güncelle: ${name}`,
    updated: 'Şablon güncellendi.',
    name: 'Ad',
    saveTitle: 'Şablon olarak kaydet',
    saveSubmit: 'Şablonu kaydet',
    saving: 'Kaydediliyor…',
    saved: (name) => `“${name}” kaydedildi.`,
    delete: (name) => `Şablonu sil: ${name}`,
    deleteTitle: 'Bu şablon silinsin mi?',
    deleteLead: (name) => `“${name}” bütün yöneticiler için silinir. Ondan yayımlanan iletiler kalır.`,
    deleteSubmit: 'Şablonu sil',
    deleting: 'Siliniyor…',
    deleted: (name) => `“${name}” silindi.`,
  },
  scheduled: {
    title: 'Zamanını bekleyenler',
    empty: 'Zamanlanmış ileti yok.',
    failed: 'Zamanlanmış iletiler yüklenemedi.',
    cancel: (channel) => `İletiyi iptal et: ${channel}`,
    cancelTitle: 'Bu ileti iptal edilsin mi?',
    cancelLead: (channel, moment) => `${moment} tarihinde ${channel} kanalına gidecekti. Teslim edilmeyecek.`,
    cancelSubmit: 'İletiyi iptal et',
    cancelling: 'İptal ediliyor…',
    cancelled: 'Zamanlanmış ileti iptal edildi.',
    by: (who) => `zamanlayan: ${who}`,
  },
  code: {
    title: 'Aynısı kod olarak',
    lead: 'Ortamdaki YAYIN_KEY, publish kapsamı olan bir API anahtarıdır.',
    languages: { curl: 'curl', javascript: 'JavaScript', python: 'Python', php: 'PHP' },
    invalid: 'İleti geçerli olunca kod burada görünür.',
  },
}

export const publishWords: Record<Language, PublishWords> = { en, tr }
