/** Under which the list of open rooms is kept. */
export const ROOMS_KEY = ['open-rooms'] as const
