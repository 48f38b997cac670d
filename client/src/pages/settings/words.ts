import type { Language } from '../../lib/words.ts'
import type { SettingGroup } from './setting-groups.ts'
import { settingTextsEn, settingTextsTr, type SettingTexts } from './setting-texts.ts'

interface SettingsWords {
  lead: string
  leadViewer: string
  search: string
  groups: Record<SettingGroup, string>
  settings: SettingTexts
  units: Record<string, string>
  on: string
  off: string
  none: string
  limits: (min: string, max: string) => string
  default: (value: string) => string
  faults: Record<'number' | 'list', (limits: string) => string>
  neverChanged: string
  changedBy: (who: string) => string
  notSaved: string
  revert: string
  reset: string
  resetNamed: (name: string) => string
  unsavedTitle: string
  unsaved: (count: number) => string
  discard: string
  saveAll: string
  saved: (count: number) => string
  undo: string
  undone: (count: number) => string
  leave: { title: string; lead: (count: number) => string; stay: string; submit: string }
  own: {
    title: string
    empty: string
    add: string
    edit: string
    editNamed: (key: string) => string
    deleteNamed: (key: string) => string
    key: string
    keyHelp: string
    value: string
    valueHelp: string
    badJson: string
    description: string
    saved: (key: string) => string
    deleteTitle: string
    deleteLead: (key: string) => string
    delete: string
    deleting: string
    deleted: (key: string) => string
  }
}

const en: SettingsWords = {
  lead: 'Every change is in force at once on every node, without a restart, and is noted in the log.',
  leadViewer: 'How this hub is set up. As a viewer you see everything and change nothing.',
  search: 'Find a setting',
  groups: {
    connections: 'Connections',
    messages: 'Messages and history',
    access: 'Access',
    video: 'Video rooms',
    log: 'Log',
    other: 'Others',
  },
  settings: settingTextsEn,
  units: {
    h: 'hours',
    s: 'seconds',
    min: 'minutes',
    days: 'days',
    bytes: 'bytes',
    connections: 'connections',
    channels: 'channels',
    messages: 'messages',
    'connections/s': 'connections per second',
    'messages/s': 'messages per second',
    'frames/s': 'frames per second',
  },
  on: 'On',
  off: 'Off',
  none: 'none',
  limits: (min, max) => `${min} to ${max}`,
  default: (value) => `Default: ${value}`,
  faults: {
    number: (limits) => `A number from ${limits} is needed; whole where things are counted.`,
    list: () => 'One item a line is needed, each of the form that is described here.',
  },
  neverChanged: 'never changed',
  changedBy: (who) => `changed by ${who}`,
  notSaved: 'not saved',
  revert: 'Take back',
  reset: 'Reset to default',
  resetNamed: (name) => `Reset to default: ${name}`,
  unsavedTitle: 'Unsaved changes',
  unsaved: (count) => (count === 1 ? '1 change is not saved' : `${count} changes are not saved`),
  discard: 'Discard',
  saveAll: 'Save all',
  saved: (count) => (count === 1 ? '1 setting was saved.' : `${count} settings were saved.`),
  undo: 'Undo',
  undone: (count) => (count === 1 ? '1 setting is as it was.' : `${count} settings are as they were.`),
  leave: {
    title: 'Leave without saving?',
    lead: (count) =>
      count === 1 ? '1 change is not saved and would be lost.' : `${count} changes are not saved and would be lost.`,
    stay: 'Stay here',
    submit: 'Leave and discard',
  },
  own: {
    title: 'Your own keys',
    empty: 'Keys that begin with app. are your own: any JSON that your applications want to keep here.',
    add: 'Add a key',
    edit: 'Change a key',
    editNamed: (key) => `Change ${key}`,
    deleteNamed: (key) => `Delete ${key}`,
    key: 'Key',
    keyHelp: 'app. and then 1–100 characters of A–Z a–z 0–9 _ . -',
    value: 'Value',
    valueHelp: 'JSON, such as "text", 42, true, or {"a": 1}.',
    badJson: 'This is not valid JSON yet.',
    description: 'Description',
    saved: (key) => `${key} was saved.`,
    deleteTitle: 'Delete this key?',
    deleteLead: (key) => `${key} is deleted with its value. Applications that read it find nothing.`,
    delete: 'Delete key',
    deleting: 'Deleting…',
    deleted: (key) => `${key} was deleted.`,
  },
}

const tr: SettingsWords = {
  lead: 'Her değişiklik, yeniden başlatma gerekmeden her düğümde anında geçerli olur ve günlüğe yazılır.',
  leadViewer: 'Bu merkezin ayarları. İzleyici olarak her şeyi görür, hiçbir şeyi değiştirmezsin.',
  search: 'Ayar bul',
  groups: {
    connections: 'Bağlantılar',
    messages: 'İletiler ve geçmiş',
    access: 'Erişim',
    video: 'Görüntülü odalar',
    log: 'Günlük',
    other: 'Öbürleri',
  },
  settings: settingTextsTr,
  units: {
    h: 'saat',
    s: 'saniye',
    min: 'dakika',
    days: 'gün',
    bytes: 'bayt',
    connections: 'bağlantı',
    channels: 'kanal',
    messages: 'ileti',
    'connections/s': 'bağlantı/saniye',
    'messages/s': 'ileti/saniye',
    'frames/s': 'çerçeve/saniye',
  },
  on: 'Açık',
  off: 'Kapalı',
  none: 'yok',
  limits: (min, max) => `${min} – ${max}`,
  default: (value) => `Varsayılan: ${value}`,
  faults: {
    number: (limits) => `${limits} arasında bir sayı gerekli; sayılan şeylerde tam sayı olmalı.`,
    list: () => 'Her satırda bir öğe olmalı ve burada anlatılan biçime uymalı.',
  },
  neverChanged: 'hiç değişmedi',
  changedBy: (who) => `değiştiren: ${who},`,
  notSaved: 'kaydedilmedi',
  revert: 'Geri al',
  reset: 'Varsayılana dön',
  resetNamed: (name) => `Varsayılana dön: ${name}`,
  unsavedTitle: 'Kaydedilmemiş değişiklikler',
  unsaved: (count) => `${count} değişiklik kaydedilmedi`,
  discard: 'Vazgeç',
  saveAll: 'Tümünü kaydet',
  saved: (count) => `${count} ayar kaydedildi.`,
  undo: 'Geri al',
  undone: (count) => `${count} ayar eski haline döndü.`,
  leave: {
    title: 'Kaydetmeden çıkılsın mı?',
    lead: (count) => `${count} değişiklik kaydedilmedi ve yitirilir.`,
    stay: 'Burada kal',
    submit: 'Vazgeç ve çık',
  },
  own: {
    title: 'Kendi anahtarların',
    empty: 'app. ile başlayan anahtarlar senindir: uygulamalarının burada saklamak istediği her tür JSON.',
    add: 'Anahtar ekle',
    edit: 'Anahtarı değiştir',
    editNamed: (key) => `Değiştir: ${key}`,
    deleteNamed: (key) => `Sil: ${key}`,
    key: 'Anahtar',
    keyHelp: 'app. ve ardından A–Z a–z 0–9 _ . - karakterlerinden 1–100 tane',
    value: 'Değer',
    valueHelp: 'JSON; örneğin "metin", 42, true ya da {"a": 1}.',
    badJson: 'Bu henüz geçerli bir JSON değil.',
    description: 'Açıklama',
    saved: (key) => `Kaydedildi: ${key}`,
    deleteTitle: 'Bu anahtar silinsin mi?',
    deleteLead: (key) => `Değeriyle birlikte silinecek: ${key}. Onu okuyan uygulamalar bir şey bulamaz.`,
    delete: 'Anahtarı sil',
    deleting: 'Siliniyor…',
    deleted: (key) => `Silindi: ${key}`,
  },
}

export const settingsWords: Record<Language, SettingsWords> = { en, tr }
