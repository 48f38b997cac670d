import type { LogLevel } from '../../../shared/protocol.ts'
import type { Language } from './words.ts'

interface LogWords {
  levels: Record<LogLevel, string>
  /** The server's constant words, where the reader's language has others. */
  messages: Record<string, string>
}

const en: LogWords = {
  levels: { debug: 'Debug', info: 'Info', warn: 'Warning', error: 'Error' },
  messages: {},
}

const tr: LogWords = {
  levels: { debug: 'Ayrıntı', info: 'Bilgi', warn: 'Uyarı', error: 'Hata' },
  messages: {
    'API key created': 'API anahtarı oluşturuldu',
    'API key revoked': 'API anahtarı iptal edildi',
    'Connection closed': 'Bağlantı kapandı',
    'Connection closed by hand': 'Bağlantı elle kapatıldı',
    'Connections closed by hand': 'Bağlantılar elle kapatıldı',
    'Connection opened': 'Bağlantı açıldı',
    'Drain called off: no other node is ready': 'Boşaltmadan vazgeçildi: hazır başka düğüm yok',
    'Entries of the event log were dropped while the database was away':
      'Veritabanı yokken günlük kayıtlarından bir kısmı yitti',
    'Invitation accepted': 'Davet kabul edildi',
    'Invitation withdrawn': 'Davet geri alındı',
    'Message published': 'İleti yayınlandı',
    'MQTT message refused': 'MQTT iletisi geri çevrildi',
    'Message scheduled': 'İleti zamanlandı',
    'Node drained by hand': 'Düğüm elle boşaltıldı',
    'Node takes clients again': 'Düğüm yeniden istemci alıyor',
    'Old password was wrong': 'Eski parola yanlıştı',
    'Other sessions ended': 'Öbür oturumlar sonlandırıldı',
    'Participant joined': 'Katılımcı odaya girdi',
    'Participant left': 'Katılımcı odadan ayrıldı',
    'Participant muted': 'Katılımcının sesi kapatıldı',
    'Password changed': 'Parola değişti',
    'Request failed': 'İstek başarısız oldu',
    'Request refused': 'İstek geri çevrildi',
    'Room changed': 'Oda değişti',
    'Room ended': 'Oda kapandı',
    'Room opened': 'Oda açıldı',
    'Scheduled message cancelled': 'Zamanlanmış ileti iptal edildi',
    'Scheduled message published': 'Zamanlanmış ileti yayınlandı',
    'Server started': 'Sunucu başladı',
    'Server stopping': 'Sunucu duruyor',
    'Session ended': 'Oturum sonlandırıldı',
    'Setting changed': 'Ayar değişti',
    'Setting removed': 'Ayar silindi',
    'Events for a webhook were dropped: far too many wait for it':
      'Bir webhook’un olaylarından bir kısmı atıldı: bekleyen çok fazla',
    'The log was replaced: a webhook may miss messages': 'Günlük değişti: bir webhook iletileri kaçırmış olabilir',
    'The log was trimmed before a webhook was told of it: messages are lost to it':
      'Bir webhook’a bildirilmeden günlük kısaltıldı: iletileri ona ulaşmadan yitti',
    'Sign-in failed': 'Giriş başarısız oldu',
    'Signed in': 'Giriş yapıldı',
    'Signed out': 'Çıkış yapıldı',
    'The event log was cleared': 'Günlük temizlendi',
    'User changed': 'Kullanıcı değişti',
    'User deleted': 'Kullanıcı silindi',
    'User invited': 'Kullanıcı davet edildi',
    'Webhook changed': 'Webhook değişti',
    'Webhook created': 'Webhook oluşturuldu',
    'Webhook deleted': 'Webhook silindi',
    'Webhook delivery given up': 'Webhook tesliminden vazgeçildi',
    'Webhook delivery sent again': 'Webhook teslimi yeniden gönderildi',
    'Webhook given a new secret': 'Webhook’a yeni bir sır verildi',
    'Webhook tested': 'Webhook denendi',
    'Webhook turned off: its receiver says that it is gone': 'Webhook kapatıldı: alıcı artık olmadığını bildiriyor',
    'Webhook turned off: nothing came through for three days': 'Webhook kapatıldı: üç gündür hiçbir şey ulaşmadı',
  },
}

export const logWords: Record<Language, LogWords> = { en, tr }
