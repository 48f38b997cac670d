import type { Language } from './languages.ts'

/** What is said of the server’s figures. */
export interface FiguresWords {
  figures: {
    title: string
    connections: string
    peak: (count: string) => string
    onNodes: (count: number) => string
    messagesIn: string
    messagesOut: string
    total: (count: string) => string
    uptime: string
    version: (version: string) => string
    longest: (version: string) => string
    memory: string
    heap: (size: string) => string
    latency: string
    lag: string
    p99: (time: string) => string
    database: string
    databaseOk: string
    databaseAway: string
    broker: (kind: string, ok: boolean) => string
    databaseKinds: Record<string, string>
    lastMinute: (name: string) => string
    staleSince: (time: string) => string
    failed: string
  }
}

export const figuresWords: Record<Language, FiguresWords> = {
  en: {
    figures: {
      title: 'Figures',
      connections: 'Connections',
      peak: (count) => `peak ${count}`,
      onNodes: (count) => `on ${count} nodes`,
      messagesIn: 'Messages in',
      messagesOut: 'Messages out',
      total: (count) => `${count} in total`,
      uptime: 'Uptime',
      version: (version) => `version ${version}`,
      longest: (version) => `oldest node · ${version}`,
      memory: 'Memory',
      heap: (size) => `heap ${size}`,
      latency: 'Delivery latency',
      lag: 'Event loop lag',
      p99: (time) => `p99 ${time}`,
      database: 'Database and broker',
      databaseOk: 'OK',
      databaseAway: 'Away',
      broker: (kind, ok) => (ok ? `${kind} broker` : `${kind} broker away`),
      databaseKinds: { pglite: 'PGlite', postgresql: 'PostgreSQL' },
      lastMinute: (name) => `${name}, last 60 seconds`,
      staleSince: (time) => `Not updated since ${time}`,
      failed: 'The figures could not be loaded.',
    },
  },
  tr: {
    figures: {
      title: 'Göstergeler',
      connections: 'Bağlantılar',
      peak: (count) => `en çok ${count}`,
      onNodes: (count) => `${count} düğümde`,
      messagesIn: 'Gelen iletiler',
      messagesOut: 'Giden iletiler',
      total: (count) => `toplam ${count}`,
      uptime: 'Çalışma süresi',
      version: (version) => `sürüm ${version}`,
      longest: (version) => `en eski düğüm · ${version}`,
      memory: 'Bellek',
      heap: (size) => `yığın ${size}`,
      latency: 'Teslim gecikmesi',
      lag: 'Döngü gecikmesi',
      p99: (time) => `p99 ${time}`,
      database: 'Veritabanı ve aracı',
      databaseOk: 'İyi',
      databaseAway: 'Yok',
      broker: (kind, ok) => (ok ? `${kind} aracı` : `${kind} aracıya ulaşılamıyor`),
      databaseKinds: { pglite: 'PGlite', postgresql: 'PostgreSQL' },
      lastMinute: (name) => `${name}, son 60 saniye`,
      staleSince: (time) => `${time} saatinden beri güncellenmedi`,
      failed: 'Göstergeler yüklenemedi.',
    },
  },
}
