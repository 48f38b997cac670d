/** Where one channel is shown. */
export const channelAddress = (name: string) => `/channels?channel=${encodeURIComponent(name)}`

/** Where one connection is shown. */
export const connectionAddress = (id: string) => `/connections?connection=${encodeURIComponent(id)}`

/** Where one video room is shown. */
export const roomAddress = (id: string) => `/video?room=${encodeURIComponent(id)}`

/** Where one user is found. */
export const userAddress = (email: string) => `/users?q=${encodeURIComponent(email)}`
