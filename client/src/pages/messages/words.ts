import type { ExportFormat } from '../../../../shared/message-search.ts'
import type { Language } from '../../lib/words.ts'

interface MessagesWords {
  lead: string
  search: string
  syntax: {
    title: string
    lead: string
    rows: [example: string, meaning: string][]
    note: string
  }
  found: (shown: string) => string
  time: { label: string; any: string; presets: Record<string, string>; custom: string; since: string; until: string }
  filters: { channel: string; type: string; from: string }
  openChannel: string
  export: {
    action: string
    title: string
    lead: (count: string) => string
    counting: string
    format: string
    formats: Record<ExportFormat, string>
    formatHelp: Record<ExportFormat, string>
    start: string
    progress: string
    running: (rows: string, total: string, size: string) => string
    done: (rows: string, size: string) => string
    failed: string
    again: string
  }
}

const en: MessagesWords = {
  lead: 'Everything that the log keeps: find it, look at it, publish it again, take it away.',
  search: 'Text, or fields such as total:49',
  syntax: {
    title: 'How to search',
    lead: 'Words are found anywhere in a message, whatever their case. Conditions on fields narrow further:',
    rows: [
      ['total:49', 'the field is 49, as number or text'],
      ['customer.city:"New York"', 'a field inside a field; quotes hold spaces'],
      ['tags:red', 'a list holds the item'],
      ['items.0.sku:A-1', 'the first item of a list'],
      ['total>=10 total<50', 'numbers, compared'],
      ['note:*', 'the field is there'],
      ['"total":49', 'begins with a quote: a piece of JSON as it is written'],
    ],
    note: 'Field names and values are taken exactly, capitals and all.',
  },
  found: (shown) => `${shown} found`,
  time: {
    label: 'Time',
    any: 'Any time',
    presets: { 15: 'Last 15 minutes', 60: 'Last hour', 1440: 'Last 24 hours', 10080: 'Last 7 days' },
    custom: 'From … to …',
    since: 'From',
    until: 'To',
  },
  filters: { channel: 'Channel', type: 'Type', from: 'From' },
  openChannel: 'Open the channel',
  export: {
    action: 'Export',
    title: 'Export messages',
    lead: (count) =>
      count === '1'
        ? '1 message is found by the present search.'
        : `${count} messages are found by the present search. They are written in the order of the log.`,
    counting: 'Counting…',
    format: 'Format',
    formats: { ndjson: 'NDJSON', csv: 'CSV' },
    formatHelp: {
      ndjson: 'One whole message a line, as subscribers got it.',
      csv: 'A table for spreadsheets; a message’s own fields are JSON in the last column.',
    },
    start: 'Export',
    progress: 'Progress of the export',
    running: (rows, total, size) => `${rows} of about ${total}, ${size}`,
    done: (rows, size) => (rows === '1' ? `1 message was saved, ${size}.` : `${rows} messages were saved, ${size}.`),
    failed: 'The export broke off. Nothing was saved.',
    again: 'Export again',
  },
}

const tr: MessagesWords = {
  lead: 'Günlüğün sakladığı her şey: bul, bak, yeniden yayımla, yanına al.',
  search: 'Metin ya da total:49 gibi alanlar',
  syntax: {
    title: 'Nasıl aranır',
    lead: 'Sözcükler, büyük küçük harfe bakılmadan iletinin her yerinde aranır. Alan koşulları daha da daraltır:',
    rows: [
      ['total:49', 'alan 49’dur, sayı ya da metin olarak'],
      ['customer.city:"New York"', 'alan içindeki alan; boşluklar tırnakla korunur'],
      ['tags:red', 'listede bu öğe vardır'],
      ['items.0.sku:A-1', 'listenin ilk öğesi'],
      ['total>=10 total<50', 'sayılar karşılaştırılır'],
      ['note:*', 'alan vardır'],
      ['"total":49', 'tırnakla başlayan: yazıldığı gibi bir JSON parçası'],
    ],
    note: 'Alan adları ve değerleri harfi harfine alınır.',
  },
  found: (shown) => `${shown} bulundu`,
  time: {
    label: 'Zaman',
    any: 'Her zaman',
    presets: { 15: 'Son 15 dakika', 60: 'Son bir saat', 1440: 'Son 24 saat', 10080: 'Son 7 gün' },
    custom: 'Şundan … şuna …',
    since: 'Başlangıç',
    until: 'Bitiş',
  },
  filters: { channel: 'Kanal', type: 'Tür', from: 'Gönderen' },
  openChannel: 'Kanalı aç',
  export: {
    action: 'Dışa aktar',
    title: 'İletileri dışa aktar',
    lead: (count) => `Şimdiki arama ${count} ileti buluyor. Günlükteki sırayla yazılırlar.`,
    counting: 'Sayılıyor…',
    format: 'Biçim',
    formats: { ndjson: 'NDJSON', csv: 'CSV' },
    formatHelp: {
      ndjson: 'Her satırda, abonelerin aldığı gibi tam bir ileti.',
      csv: 'Hesap çizelgeleri için tablo; iletinin kendi alanları son sütunda JSON olarak durur.',
    },
    start: 'Dışa aktar',
    progress: 'Dışa aktarmanın ilerleyişi',
    running: (rows, total, size) => `yaklaşık ${total} iletiden ${rows}, ${size}`,
    done: (rows, size) => `${rows} ileti kaydedildi, ${size}.`,
    failed: 'Dışa aktarma yarıda kaldı. Hiçbir şey kaydedilmedi.',
    again: 'Yeniden dışa aktar',
  },
}

export const messagesWords: Record<Language, MessagesWords> = { en, tr }
