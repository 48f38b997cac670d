export const LANGUAGES = ['en', 'tr'] as const
export type Language = (typeof LANGUAGES)[number]
