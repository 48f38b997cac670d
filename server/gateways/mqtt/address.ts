import type { IClientOptions } from 'mqtt'

/** Parts the user and the password, percent-encoded in a broker's address, from the rest of it. */
export function readAddress(url: string): { url: string } & Pick<IClientOptions, 'username' | 'password'> {
  const address = new URL(url)
  const { username, password } = address
  address.username = ''
  address.password = ''
  return {
    url: address.href,
    ...(username !== '' && { username: decodeURIComponent(username) }),
    ...(password !== '' && { password: decodeURIComponent(password) }),
  }
}
