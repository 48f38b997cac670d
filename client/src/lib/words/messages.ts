import type { Language } from './languages.ts'

/** What is said of messages, as they come and as they are kept. */
export interface MessagesWords {
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
}

export const messagesWords: Record<Language, MessagesWords> = {
  en: {
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
  },
  tr: {
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
  },
}
