import type { Language } from '../../lib/words.ts'
import type { ItemGroup } from './palette-item.ts'

interface PaletteWords {
  title: string
  search: string
  placeholder: string
  groups: Record<ItemGroup, string>
  count: (count: number) => string
  nothing: (query: string) => string
  nothingLead: string
  failed: string
  /** The code of what was asked for did not come. */
  missing: string
  hints: { move: string; choose: string; close: string }
  subscribers: (count: string) => string
  anonymous: string
  actions: {
    publish: string
    createKey: string
    inviteUser: string
    openRoom: string
    disconnect: (who: string) => string
    disconnectSome: string
    /** The word that asks for a connection to close, as it is typed. */
    disconnectVerb: string
    theme: { system: string; light: string; dark: string }
    language: { en: string; tr: string }
    shortcuts: string
    changePassword: string
    reconnect: string
    signOut: string
  }
  disconnecting: {
    title: string
    lead: (who: string) => string
    effect: string
    submit: string
    submitting: string
    done: (who: string) => string
  }
  shortcuts: {
    title: string
    everywhere: string
    pages: string
    tables: string
    palette: string
    help: string
    skip: string
    rows: string
    open: string
    destroy: string
    close: string
    singleKeys: string
    singleKeysHelp: string
  }
}

const en: PaletteWords = {
  title: 'Search and commands',
  search: 'Search',
  placeholder: 'Pages, channels, connections, actions',
  groups: {
    recent: 'Recent',
    pages: 'Pages',
    actions: 'Actions',
    channels: 'Channels',
    connections: 'Connections',
    users: 'Users',
    rooms: 'Video rooms',
  },
  count: (count) => (count === 1 ? '1 result' : `${count} results`),
  nothing: (query) => `Nothing found for “${query}”`,
  nothingLead: 'Try part of a name, an address or an id.',
  failed: 'The server could not be searched. Pages and actions are still found.',
  missing: 'This could not be loaded. Load the page anew once the server can be reached.',
  hints: { move: 'to move', choose: 'to choose', close: 'to close' },
  subscribers: (count) => (count === '1' ? '1 subscriber' : `${count} subscribers`),
  anonymous: 'anonymous',
  actions: {
    publish: 'Publish a message',
    createKey: 'Create an API key',
    inviteUser: 'Invite a user',
    openRoom: 'Open a video room',
    disconnect: (who) => `Disconnect ${who}`,
    disconnectSome: 'Disconnect a client…',
    disconnectVerb: 'disconnect',
    theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
    language: { en: 'Language: English', tr: 'Language: Türkçe' },
    shortcuts: 'Keyboard shortcuts',
    changePassword: 'Change password',
    reconnect: 'Reconnect the stream',
    signOut: 'Sign out',
  },
  disconnecting: {
    title: 'Disconnect this client?',
    lead: (who) => `The connection of ${who} is closed.`,
    effect: 'The client is told not to come again, and is turned away for 60 seconds.',
    submit: 'Disconnect',
    submitting: 'Disconnecting…',
    done: (who) => `${who} was disconnected.`,
  },
  shortcuts: {
    title: 'Keyboard shortcuts',
    everywhere: 'Everywhere',
    pages: 'Go to a page',
    tables: 'In lists',
    palette: 'Search and commands',
    help: 'This overview',
    skip: 'Skip to the content, from the top of a page',
    rows: 'Next and previous row',
    open: 'Open the row',
    destroy: 'Select, end or delete the row',
    close: 'Close a dialog, panel or menu',
    singleKeys: 'Keys without Ctrl',
    singleKeysHelp: 'Switch them off if your keyboard or speech input presses them by mistake. Ctrl K stays.',
  },
}

const tr: PaletteWords = {
  title: 'Arama ve komutlar',
  search: 'Ara',
  placeholder: 'Sayfalar, kanallar, bağlantılar, işlemler',
  groups: {
    recent: 'Son gidilenler',
    pages: 'Sayfalar',
    actions: 'İşlemler',
    channels: 'Kanallar',
    connections: 'Bağlantılar',
    users: 'Kullanıcılar',
    rooms: 'Görüntülü odalar',
  },
  count: (count) => `${count} sonuç`,
  nothing: (query) => `“${query}” için bir şey bulunamadı`,
  nothingLead: 'Adın bir parçasını, bir adresi ya da kimliği dene.',
  failed: 'Sunucuda aranamadı. Sayfalar ve işlemler yine bulunur.',
  missing: 'Yüklenemedi. Sunucuya ulaşılınca sayfayı yeniden yükle.',
  hints: { move: 'gezin', choose: 'seç', close: 'kapat' },
  subscribers: (count) => `${count} abone`,
  anonymous: 'anonim',
  actions: {
    publish: 'İleti yayımla',
    createKey: 'API anahtarı oluştur',
    inviteUser: 'Kullanıcı davet et',
    openRoom: 'Görüntülü oda aç',
    disconnect: (who) => `Bağlantıyı kes: ${who}`,
    disconnectSome: 'Bir istemcinin bağlantısını kes…',
    disconnectVerb: 'kes',
    theme: { system: 'Tema: sistemdeki gibi', light: 'Tema: açık', dark: 'Tema: koyu' },
    language: { en: 'Dil: English', tr: 'Dil: Türkçe' },
    shortcuts: 'Klavye kısayolları',
    changePassword: 'Parolayı değiştir',
    reconnect: 'Akışa yeniden bağlan',
    signOut: 'Çıkış yap',
  },
  disconnecting: {
    title: 'Bu istemcinin bağlantısı kesilsin mi?',
    lead: (who) => `Bağlantısı kapatılacak istemci: ${who}.`,
    effect: 'İstemciye yeniden gelmemesi söylenir; 60 saniye boyunca geri çevrilir.',
    submit: 'Bağlantıyı kes',
    submitting: 'Kesiliyor…',
    done: (who) => `Bağlantı kesildi: ${who}.`,
  },
  shortcuts: {
    title: 'Klavye kısayolları',
    everywhere: 'Her yerde',
    pages: 'Sayfaya git',
    tables: 'Listelerde',
    palette: 'Arama ve komutlar',
    help: 'Bu özet',
    skip: 'Sayfanın başından içeriğe geç',
    rows: 'Sonraki ve önceki satır',
    open: 'Satırı aç',
    destroy: 'Satırı seç, sonlandır ya da sil',
    close: 'İletişim kutusunu, paneli ya da menüyü kapat',
    singleKeys: 'Ctrl’siz tuşlar',
    singleKeysHelp: 'Klavyen ya da sesli girişin bunlara yanlışlıkla basıyorsa kapat. Ctrl K kalır.',
  },
}

export const paletteWords: Record<Language, PaletteWords> = { en, tr }
