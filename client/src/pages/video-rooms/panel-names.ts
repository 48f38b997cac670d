/** The parameters of the address that open what stands before the list. */
export const ROOM = 'room'
export const OPEN = 'open'
export const END = 'end'
export const REMOVE = 'remove'
