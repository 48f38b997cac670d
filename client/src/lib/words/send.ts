import type { Language } from './languages.ts'

/** What the form says that sends a message. */
export interface SendWords {
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

export const sendWords: Record<Language, SendWords> = {
  en: {
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
  },
  tr: {
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
  },
}
