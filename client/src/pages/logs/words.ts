import type { ExportFormat } from '../../../../shared/message-search.ts'
import type { Language } from '../../lib/words.ts'

interface LogsWords {
  lead: string
  levels: string
  type: string
  anyType: string
  search: string
  found: (count: number, text: string) => string
  pause: string
  resume: string
  columns: { time: string; level: string; type: string; message: string; actor: string }
  node: string
  system: string
  whole: string
  newer: string
  older: string
  goneTitle: string
  gone: string
  emptyTitle: string
  emptyLead: string
  export: {
    action: string
    title: string
    counting: string
    lead: (count: number, text: string) => string
    format: string
    formats: Record<ExportFormat, string>
    formatHelp: Record<ExportFormat, string>
    start: string
    started: string
  }
  clear: {
    action: string
    title: string
    which: string
    ages: Record<'all' | '1' | '7', string>
    counting: string
    notCounted: string
    lead: (count: number, text: string) => string
    note: string
    submit: string
    submitCount: (count: number, text: string) => string
    submitting: string
    done: (count: number, text: string) => string
  }
}

const en: LogsWords = {
  lead: 'What happened on this hub: connections, refusals, sign-ins, changes of settings, errors. New entries show as they come.',
  levels: 'Levels',
  type: 'Type',
  anyType: 'All types',
  search: 'Search the log',
  found: (count, text) => (count === 1 ? '1 entry' : `${text} entries`),
  pause: 'Pause',
  resume: 'Continue',
  columns: { time: 'Time', level: 'Level', type: 'Type', message: 'What happened', actor: 'Who' },
  node: 'Node',
  system: 'the server itself',
  whole: 'Whole entry',
  newer: 'Newer entry',
  older: 'Older entry',
  goneTitle: 'Not in sight',
  gone: 'This entry is not among those that are shown. It may be older, or outside the filter.',
  emptyTitle: 'The log is empty',
  emptyLead: 'What happens from now on shows here at once.',
  export: {
    action: 'Export',
    title: 'Export the log',
    counting: 'Counting…',
    lead: (count, text) =>
      count === 1 ? '1 entry fits the filter and is exported.' : `${text} entries fit the filter and are exported.`,
    format: 'Format',
    formats: { ndjson: 'NDJSON', csv: 'CSV' },
    formatHelp: {
      ndjson: 'One JSON object a line, each entry whole.',
      csv: 'For spreadsheets; further data as JSON in the last column.',
    },
    start: 'Download',
    started: 'The download has started.',
  },
  clear: {
    action: 'Clear',
    title: 'Clear the log?',
    which: 'What to delete',
    ages: { all: 'Everything', '1': 'Older than a day', '7': 'Older than a week' },
    counting: 'Counting…',
    notCounted: 'The entries could not be counted. Close this and try again.',
    lead: (count, text) =>
      count === 0
        ? 'There is nothing to delete.'
        : count === 1
          ? '1 entry is deleted for good.'
          : `${text} entries are deleted for good.`,
    note: 'That the log was cleared, and by whom, is noted in it.',
    submit: 'Delete',
    submitCount: (count, text) => (count === 1 ? 'Delete 1 entry' : `Delete ${text} entries`),
    submitting: 'Deleting…',
    done: (count, text) => (count === 1 ? '1 entry was deleted.' : `${text} entries were deleted.`),
  },
}

const tr: LogsWords = {
  lead: 'Bu merkezde olup bitenler: bağlantılar, geri çevirmeler, girişler, ayar değişiklikleri, hatalar. Yeni kayıtlar anında görünür.',
  levels: 'Düzeyler',
  type: 'Tür',
  anyType: 'Tüm türler',
  search: 'Günlükte ara',
  found: (_count, text) => `${text} kayıt`,
  pause: 'Duraklat',
  resume: 'Sürdür',
  columns: { time: 'Zaman', level: 'Düzey', type: 'Tür', message: 'Ne oldu', actor: 'Kim' },
  node: 'Düğüm',
  system: 'sunucunun kendisi',
  whole: 'Kaydın tamamı',
  newer: 'Daha yeni kayıt',
  older: 'Daha eski kayıt',
  goneTitle: 'Görünürde değil',
  gone: 'Bu kayıt gösterilenler arasında yok. Daha eski ya da süzgecin dışında olabilir.',
  emptyTitle: 'Günlük boş',
  emptyLead: 'Bundan sonra olanlar anında burada görünür.',
  export: {
    action: 'Dışa aktar',
    title: 'Günlüğü dışa aktar',
    counting: 'Sayılıyor…',
    lead: (_count, text) => `Süzgece uyan ${text} kayıt dışa aktarılır.`,
    format: 'Biçim',
    formats: { ndjson: 'NDJSON', csv: 'CSV' },
    formatHelp: {
      ndjson: 'Her satırda bir JSON nesnesi; kayıtlar eksiksiz.',
      csv: 'Hesap tabloları için; öbür veriler son sütunda JSON olarak.',
    },
    start: 'İndir',
    started: 'İndirme başladı.',
  },
  clear: {
    action: 'Temizle',
    title: 'Günlük temizlensin mi?',
    which: 'Ne silinsin',
    ages: { all: 'Hepsi', '1': 'Bir günden eskiler', '7': 'Bir haftadan eskiler' },
    counting: 'Sayılıyor…',
    notCounted: 'Kayıtlar sayılamadı. Bunu kapatıp yeniden dene.',
    lead: (count, text) => (count === 0 ? 'Silinecek bir şey yok.' : `${text} kayıt kalıcı olarak silinir.`),
    note: 'Günlüğün temizlendiği ve kimin temizlediği günlüğe yazılır.',
    submit: 'Sil',
    submitCount: (_count, text) => `${text} kaydı sil`,
    submitting: 'Siliniyor…',
    done: (_count, text) => `${text} kayıt silindi.`,
  },
}

export const logsWords: Record<Language, LogsWords> = { en, tr }
