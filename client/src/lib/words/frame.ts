import type { DashboardUser } from '../../../../shared/api.ts'
import type { Language } from './languages.ts'

/** What the frame says on every page: the rail, buttons, what a page says when it can not be shown. */
export interface FrameWords {
  units: { day: string; hour: string; minute: string; second: string; perSecond: string }
  actions: {
    copy: string
    copied: string
    close: string
    dismiss: string
    retry: string
    cancel: string
    save: string
    saving: string
    showPassword: string
    hidePassword: string
  }
  pages: {
    overview: string
    connections: string
    channels: string
    messages: string
    publish: string
    rooms: string
    logs: string
    settings: string
    nodes: string
    webhooks: string
    keys: string
    users: string
    sessions: string
    access: string
    unknown: string
  }
  frame: {
    pages: string
    skip: string
    fold: string
    unfold: string
    more: string
    degraded: string
    groups: { traffic: string; server: string; access: string }
  }
  roles: Record<DashboardUser['role'], string>
  page: {
    notFound: string
    notFoundLead: string
    home: string
    broken: string
    brokenLead: string
    away: string
    awayLead: string
    updated: string
    updatedLead: string
    reload: string
  }
  preferences: {
    language: string
    themeSystem: string
    themeLight: string
    themeDark: string
  }
}

export const frameWords: Record<Language, FrameWords> = {
  en: {
    units: { day: 'd', hour: 'h', minute: 'min', second: 's', perSecond: '/s' },
    actions: {
      copy: 'Copy',
      copied: 'Copied',
      close: 'Close',
      dismiss: 'Dismiss',
      retry: 'Try again',
      cancel: 'Cancel',
      save: 'Save',
      saving: 'Saving…',
      showPassword: 'Show password',
      hidePassword: 'Hide password',
    },
    pages: {
      overview: 'Overview',
      connections: 'Connections',
      channels: 'Channels',
      messages: 'Messages',
      publish: 'Publish',
      rooms: 'Rooms',
      logs: 'Logs',
      settings: 'Settings',
      nodes: 'Nodes',
      webhooks: 'Webhooks',
      keys: 'Keys',
      users: 'Users',
      sessions: 'Sessions',
      access: 'Access',
      unknown: 'Page not found',
    },
    frame: {
      pages: 'Pages',
      skip: 'Skip to content',
      fold: 'Fold the rail',
      unfold: 'Unfold the rail',
      more: 'More',
      degraded: 'Degraded: see the overview',
      groups: { traffic: 'Traffic', server: 'Server', access: 'People and keys' },
    },
    roles: { admin: 'Admin', viewer: 'Viewer' },
    page: {
      notFound: 'There is no page here',
      notFoundLead: 'The address may be mistyped, or the page has moved.',
      home: 'Go to the overview',
      broken: 'This page could not be shown',
      brokenLead: 'Something in it failed. Loading it anew may help.',
      away: 'The server cannot be reached',
      awayLead: 'This page is loaded as soon as it is back. It is asked every few seconds.',
      updated: 'Yayın has been updated',
      updatedLead: 'This page belongs to the new version, which has to be loaded first.',
      reload: 'Load anew',
    },
    preferences: {
      language: 'Language',
      themeSystem: 'Theme: as the system',
      themeLight: 'Theme: light',
      themeDark: 'Theme: dark',
    },
  },
  tr: {
    units: { day: 'g', hour: 'sa', minute: 'dk', second: 'sn', perSecond: '/sn' },
    actions: {
      copy: 'Kopyala',
      copied: 'Kopyalandı',
      close: 'Kapat',
      dismiss: 'Kapat',
      retry: 'Yeniden dene',
      cancel: 'Vazgeç',
      save: 'Kaydet',
      saving: 'Kaydediliyor…',
      showPassword: 'Parolayı göster',
      hidePassword: 'Parolayı gizle',
    },
    pages: {
      overview: 'Özet',
      connections: 'Bağlantılar',
      channels: 'Kanallar',
      messages: 'İletiler',
      publish: 'Gönder',
      rooms: 'Odalar',
      logs: 'Günlük',
      settings: 'Ayarlar',
      nodes: 'Düğümler',
      webhooks: 'Webhook’lar',
      keys: 'Anahtarlar',
      users: 'Kullanıcılar',
      sessions: 'Oturumlar',
      access: 'Erişim',
      unknown: 'Sayfa bulunamadı',
    },
    frame: {
      pages: 'Sayfalar',
      skip: 'İçeriğe geç',
      fold: 'Kenar çubuğunu daralt',
      unfold: 'Kenar çubuğunu genişlet',
      more: 'Diğer',
      degraded: 'Aksaklık var: özete bak',
      groups: { traffic: 'Trafik', server: 'Sunucu', access: 'Kişiler ve anahtarlar' },
    },
    roles: { admin: 'Yönetici', viewer: 'İzleyici' },
    page: {
      notFound: 'Burada bir sayfa yok',
      notFoundLead: 'Adres yanlış yazılmış ya da sayfa taşınmış olabilir.',
      home: 'Özete git',
      broken: 'Bu sayfa gösterilemedi',
      brokenLead: 'Sayfada bir şey ters gitti. Yeniden yüklemek işe yarayabilir.',
      away: 'Sunucuya ulaşılamıyor',
      awayLead: 'Sunucu geri gelir gelmez bu sayfa yüklenir. Birkaç saniyede bir yeniden denenir.',
      updated: 'Yayın güncellendi',
      updatedLead: 'Bu sayfa yeni sürüme ait; önce o sürümün yüklenmesi gerekiyor.',
      reload: 'Yeniden yükle',
    },
    preferences: {
      language: 'Dil',
      themeSystem: 'Tema: sistemdeki gibi',
      themeLight: 'Tema: açık',
      themeDark: 'Tema: koyu',
    },
  },
}
