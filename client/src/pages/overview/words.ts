import type { StatsSpan } from '../../../../shared/api.ts'
import type { Language } from '../../lib/words.ts'

interface FaultWords {
  what: string
  todo: string
}

export interface OverviewWords {
  charts: {
    title: string
    span: string
    spans: Record<StatsSpan, string>
    failed: string
    messages: string
    in: string
    out: string
    resident: string
    heap: string
    cpu: string
    slowest: string
    laggiest: string
  }
  view: {
    label: string
    all: (count: number) => string
    together: (count: number) => string
    one: (node: string) => string
    gone: (node: string) => string
    showAll: string
  }
  busiest: {
    title: string
    all: string
    empty: string
    subscribers: (count: number, text: string) => string
  }
  notable: { title: string; all: string; empty: string }
  mqtt: {
    title: string
    ok: string
    away: string
    received: (count: number, text: string) => string
    published: (text: string) => string
    refused: (text: string) => string
  }
  degraded: {
    title: string
    look: string
    kinds: Record<string, string>
    database: (kind: string) => FaultWords
    broker: (kind: string) => FaultWords
    mqtt: FaultWords
    room: (current: string, max: string) => FaultWords
    lag: (time: string) => FaultWords
    slow: (count: number) => FaultWords
    unclean: FaultWords
  }
}

const KINDS = { pglite: 'PGlite', postgresql: 'PostgreSQL', postgres: 'PostgreSQL', redis: 'Redis', nats: 'NATS' }

const en: OverviewWords = {
  charts: {
    title: 'How it went',
    span: 'Time span',
    spans: { '5m': '5 minutes', '1h': '1 hour', '24h': '24 hours' },
    failed: 'The past could not be loaded.',
    messages: 'Messages per second',
    in: 'in',
    out: 'out',
    resident: 'resident',
    heap: 'heap',
    cpu: 'Processor, 100 % is one core',
    slowest: 'Worst latency',
    laggiest: 'Worst loop lag',
  },
  view: {
    label: 'Figures of',
    all: (count) => `All ${count} nodes`,
    together: (count) => `${count} nodes added up; latency and lag are those of the worst.`,
    one: (node) => `Node ${node} alone.`,
    gone: (node) => `Node ${node} is not there any more. Below is what was kept of it.`,
    showAll: 'Show all nodes',
  },
  busiest: {
    title: 'Busiest channels',
    all: 'All channels',
    empty: 'Nothing goes through a channel at the moment.',
    subscribers: (count, text) => (count === 1 ? '1 subscriber' : `${text} subscribers`),
  },
  notable: {
    title: 'Latest warnings and errors',
    all: 'All of them',
    empty: 'Nothing went wrong as far as the log goes back.',
  },
  mqtt: {
    title: 'MQTT',
    ok: 'connected',
    away: 'away',
    received: (count, text) => (count === 1 ? '1 message received' : `${text} messages received`),
    published: (text) => `${text} published`,
    refused: (text) => `${text} refused`,
  },
  degraded: {
    title: 'What needs looking after',
    look: 'Look',
    kinds: { ...KINDS, local: 'The log' },
    database: (kind) => ({
      what: `The database (${kind}) is away`,
      todo: 'Publishes are refused with 503 until it is back; ephemeral messages still pass. Check that it runs and can be reached. It is tried again all the time.',
    }),
    broker: (kind) => ({
      what: `The broker (${kind}) is away`,
      todo: 'Publishes are refused with 503 until it is back. Check that it runs and that this server reaches it.',
    }),
    mqtt: {
      what: 'The MQTT broker is away',
      todo: 'Nothing comes in by MQTT until it is back; everything else works. Check MQTT_URL, its user and password, and that the broker runs. It is tried again all the time.',
    },
    room: (current, max) => ({
      what: `${current} of ${max} connections are taken`,
      todo: 'Newcomers are turned away with 503 once all are. Raise max_connections, or add a node.',
    }),
    lag: (time) => ({
      what: `The event loop lags by ${time}`,
      todo: 'Everything is late by that much. Look at processor and messages out: less traffic per node, or one more node, helps.',
    }),
    slow: (count) => ({
      what:
        count === 1
          ? '1 slow reader was cut off within the last minute'
          : `${count} slow readers were cut off within the last minute`,
      todo: 'They resume where they were. If they are many, send less to them, or raise slow_consumer_max_bytes.',
    }),
    unclean: {
      what: 'The machine went down without notice before this start',
      todo: 'The newest messages may be lost; the log has a new epoch, and clients were told of a gap. PostgreSQL in the place of the embedded database prevents it.',
    },
  },
}

const tr: OverviewWords = {
  charts: {
    title: 'Nasıl gitti',
    span: 'Zaman aralığı',
    spans: { '5m': '5 dakika', '1h': '1 saat', '24h': '24 saat' },
    failed: 'Geçmiş yüklenemedi.',
    messages: 'Saniyede ileti',
    in: 'gelen',
    out: 'giden',
    resident: 'toplam',
    heap: 'yığın',
    cpu: 'İşlemci, %100 bir çekirdektir',
    slowest: 'En uzun teslim',
    laggiest: 'En uzun döngü',
  },
  view: {
    label: 'Gösterilen',
    all: (count) => `Tüm düğümler (${count})`,
    together: (count) => `${count} düğümün toplamı; gecikmelerde en kötü düğümün değeri.`,
    one: (node) => `Yalnızca ${node} düğümü.`,
    gone: (node) => `${node} düğümü artık yok. Aşağıda ondan kalanlar var.`,
    showAll: 'Tüm düğümleri göster',
  },
  busiest: {
    title: 'En yoğun kanallar',
    all: 'Tüm kanallar',
    empty: 'Şu anda hiçbir kanaldan ileti geçmiyor.',
    subscribers: (_count, text) => `${text} abone`,
  },
  notable: {
    title: 'Son uyarılar ve hatalar',
    all: 'Tümü',
    empty: 'Günlüğün tuttuğu süre içinde ters giden bir şey olmadı.',
  },
  mqtt: {
    title: 'MQTT',
    ok: 'bağlı',
    away: 'ulaşılamıyor',
    received: (_count, text) => `${text} ileti alındı`,
    published: (text) => `${text} tanesi yayınlandı`,
    refused: (text) => `${text} tanesi geri çevrildi`,
  },
  degraded: {
    title: 'İlgilenmen gerekenler',
    look: 'Bak',
    kinds: { ...KINDS, local: 'Günlük' },
    database: (kind) => ({
      what: `Veritabanına (${kind}) ulaşılamıyor`,
      todo: 'Geri gelene kadar yayınlar 503 ile geri çevrilir; kalıcı olmayan iletiler geçmeyi sürdürür. Çalıştığını ve ulaşılabildiğini denetle. Sürekli yeniden deneniyor.',
    }),
    broker: (kind) => ({
      what: `Aracıya (${kind}) ulaşılamıyor`,
      todo: 'Geri gelene kadar yayınlar 503 ile geri çevrilir. Çalıştığını ve bu sunucudan ulaşılabildiğini denetle.',
    }),
    mqtt: {
      what: 'MQTT aracısına ulaşılamıyor',
      todo: 'Geri gelene kadar MQTT’den ileti alınmaz; geri kalan her şey çalışır. MQTT_URL değerini, kullanıcısını, parolasını ve aracının çalıştığını denetle. Sürekli yeniden deneniyor.',
    },
    room: (current, max) => ({
      what: `${max} bağlantının ${current} tanesi dolu`,
      todo: 'Hepsi dolunca yeni gelenler 503 ile geri çevrilir. max_connections ayarını yükselt ya da bir düğüm ekle.',
    }),
    lag: (time) => ({
      what: `Olay döngüsü ${time} gecikiyor`,
      todo: 'Her şey bu kadar gecikir. İşlemciye ve giden iletilere bak: düğüm başına daha az trafik ya da bir düğüm daha işe yarar.',
    }),
    slow: (count) => ({
      what: `Son bir dakikada ${count} yavaş okuyucunun bağlantısı kesildi`,
      todo: 'Kaldıkları yerden sürdürürler. Sayıları çoksa onlara daha az gönder ya da slow_consumer_max_bytes ayarını yükselt.',
    }),
    unclean: {
      what: 'Bu başlangıçtan önce makine haber vermeden kapanmış',
      todo: 'En yeni iletiler yitmiş olabilir; günlüğün yeni bir dönemi var ve istemcilere boşluk bildirildi. Gömülü veritabanı yerine PostgreSQL kullanmak bunu önler.',
    },
  },
}

export const overviewWords: Record<Language, OverviewWords> = { en, tr }
