import type { Language } from './languages.ts'

/** What every list says. */
export interface ListWords {
  list: {
    search: string
    count: (shown: string, total: string) => string
    all: string
    pick: string
    pickAll: string
    picked: (count: string) => string
    unpick: string
    addFilter: string
    removeFilter: (name: string) => string
    apply: string
    loadMore: string
    loadingMore: string
    failed: string
    stale: string
    notAllowed: string
    notAllowedLead: string
    noMatch: string
    noMatchLead: string
    showAll: string
    never: string
    none: string
    actions: string
  }
}

export const listWords: Record<Language, ListWords> = {
  en: {
    list: {
      search: 'Search',
      count: (shown, total) => (shown === total ? total : `${shown} of ${total}`),
      all: 'All',
      pick: 'Select',
      pickAll: 'Select all',
      picked: (count) => `${count} selected`,
      unpick: 'Clear selection',
      addFilter: 'Filter',
      removeFilter: (name) => `Remove the filter ${name}`,
      apply: 'Apply',
      loadMore: 'Load more',
      loadingMore: 'Loading…',
      failed: 'The list could not be loaded.',
      stale: 'The list could not be renewed; it may be out of date.',
      notAllowed: 'This is not yours to see',
      notAllowedLead: 'Ask an admin of this hub for access.',
      noMatch: 'Nothing matches',
      noMatchLead: 'No entry fits the search and the filter.',
      showAll: 'Show all',
      never: 'never',
      none: 'none',
      actions: 'Actions',
    },
  },
  tr: {
    list: {
      search: 'Ara',
      count: (shown, total) => (shown === total ? total : `${shown} / ${total}`),
      all: 'Tümü',
      pick: 'Seç',
      pickAll: 'Tümünü seç',
      picked: (count) => `${count} seçili`,
      unpick: 'Seçimi kaldır',
      addFilter: 'Süzgeç',
      removeFilter: (name) => `Süzgeci kaldır: ${name}`,
      apply: 'Uygula',
      loadMore: 'Devamını yükle',
      loadingMore: 'Yükleniyor…',
      failed: 'Liste yüklenemedi.',
      stale: 'Liste yenilenemedi; güncel olmayabilir.',
      notAllowed: 'Bunu görme iznin yok',
      notAllowedLead: 'Bu merkezin bir yöneticisinden erişim iste.',
      noMatch: 'Eşleşen kayıt yok',
      noMatchLead: 'Aramaya ve süzgece uyan kayıt bulunamadı.',
      showAll: 'Tümünü göster',
      never: 'hiç',
      none: 'yok',
      actions: 'İşlemler',
    },
  },
}
