/** Bounds of a video room's size. */
export const MIN_PARTICIPANTS = 2
export const MAX_PARTICIPANTS = 50

/** What a room's id looks like. */
export const ROOM_ID = /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/
