import type { GapReason } from '../../../../shared/protocol.ts'
import type { StopReason } from '../../realtime/index.ts'
import type { Language } from './languages.ts'

/** What is said of the way to the server: errors, the stream, what it missed. */
export interface ConnectionWords {
  errors: { unreachable: string; unexpected: string; sessionUnknown: string }
  connection: {
    label: string
    connecting: string
    live: string
    retryingIn: (seconds: number) => string
    retrying: string
    retryNow: string
    offline: string
    stopped: string
    reconnect: string
    reasons: Record<StopReason, string>
  }
  gap: { title: string; reasons: Record<GapReason, string>; range: (from: string, to: string) => string }
}

export const connectionWords: Record<Language, ConnectionWords> = {
  en: {
    errors: {
      unreachable: 'The server cannot be reached. Check that it is running, then try again.',
      unexpected: 'The server could not do this. Its log says why.',
      sessionUnknown: 'Yayın could not tell whether you are signed in.',
    },
    connection: {
      label: 'Connection',
      connecting: 'Connecting',
      live: 'Live',
      retryingIn: (seconds) => `Retrying in ${seconds} s`,
      retrying: 'Connection lost, retrying',
      retryNow: 'Retry now',
      offline: 'Offline',
      stopped: 'Stopped',
      reconnect: 'Reconnect',
      reasons: {
        attempts: 'server not reached',
        unauthorized: 'signed out',
        forbidden: 'not allowed',
        rejected: 'request refused',
        closed: 'closed',
        kicked: 'disconnected by an admin',
        shutdown: 'server shut down',
        expired: 'session expired',
        slow_consumer: 'this page was too slow',
        replaced: 'opened elsewhere',
      },
    },
    gap: {
      title: 'Messages were missed while disconnected',
      reasons: {
        expired: 'They are no longer kept. What is still kept follows.',
        epoch: 'The server’s history was replaced.',
        too_many: 'There were more than are sent again. The newest of them follow.',
        invalid: 'The server did not know the place where this page left off.',
      },
      range: (from, to) => `Missed: after ${from}, up to ${to}.`,
    },
  },
  tr: {
    errors: {
      unreachable: 'Sunucuya ulaşılamıyor. Çalıştığını denetle, sonra yeniden dene.',
      unexpected: 'Sunucu bunu yapamadı. Nedeni günlüğünde yazıyor.',
      sessionUnknown: 'Oturumun açık olup olmadığı anlaşılamadı.',
    },
    connection: {
      label: 'Bağlantı',
      connecting: 'Bağlanıyor',
      live: 'Canlı',
      retryingIn: (seconds) => `${seconds} sn sonra denenecek`,
      retrying: 'Bağlantı koptu, yeniden deneniyor',
      retryNow: 'Şimdi dene',
      offline: 'Çevrimdışı',
      stopped: 'Durdu',
      reconnect: 'Yeniden bağlan',
      reasons: {
        attempts: 'sunucuya ulaşılamadı',
        unauthorized: 'oturum kapalı',
        forbidden: 'izin yok',
        rejected: 'istek reddedildi',
        closed: 'kapatıldı',
        kicked: 'bir yönetici bağlantıyı kesti',
        shutdown: 'sunucu kapandı',
        expired: 'oturumun süresi doldu',
        slow_consumer: 'bu sayfa yetişemedi',
        replaced: 'başka yerde açıldı',
      },
    },
    gap: {
      title: 'Bağlantı yokken bazı iletiler kaçırıldı',
      reasons: {
        expired: 'Artık saklanmıyorlar. Hâlâ saklananlar aşağıda.',
        epoch: 'Sunucunun geçmişi değişti.',
        too_many: 'Yeniden gönderilebilecekten fazlaydılar. En yenileri aşağıda.',
        invalid: 'Sunucu bu sayfanın kaldığı yeri tanımadı.',
      },
      range: (from, to) => `Kaçırılan aralık: ${from} sonrası, ${to} dahil.`,
    },
  },
}
