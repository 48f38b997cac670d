import { Hash, PlugZap, Unplug, UserRound, Video } from 'lucide-react'
import type { ConnectionInfo } from '../../../../shared/api.ts'
import { formatExact } from '../../lib/format.ts'
import { useLocale, usePageWords } from '../../lib/language.ts'
import { navigate } from '../../lib/router.ts'
import { channelAddress, connectionAddress, roomAddress, userAddress } from './addresses.ts'
import { overlay } from './overlay.ts'
import type { PaletteItem } from './palette-item.ts'
import { rankItems } from './rank-items.ts'
import type { Command } from './read-command.ts'
import type { RecentPlace } from './recent.ts'
import type { Found } from './use-found.ts'
import { paletteWords } from './words.ts'

/** Puts what the server found into items; `remember` hears where the reader goes. */
export function useThings(
  found: Found,
  { kind, text }: Command,
  remember: (place: RecentPlace) => void,
): PaletteItem[] {
  const words = usePageWords(paletteWords)
  const locale = useLocale()

  const go = (place: RecentPlace) => () => {
    remember(place)
    navigate(place.address)
  }
  if (kind === 'disconnect') return found.connections.map((connection) => disconnection(connection, words))
  const channels = found.channels.map(({ name, subscribers }): PaletteItem => {
    const place = { label: name, address: channelAddress(name), group: 'channels' } as const
    const detail = words.subscribers(formatExact(subscribers, locale))
    return { ...place, id: `channel:${name}`, icon: Hash, detail, run: go(place) }
  })
  const connections = found.connections.map((connection): PaletteItem => {
    const place = {
      label: nameOf(connection, words.anonymous),
      address: connectionAddress(connection.id),
      group: 'connections',
    } as const
    return {
      ...place,
      id: `connection:${connection.id}`,
      icon: PlugZap,
      detail: detailOf(connection),
      run: go(place),
    }
  })
  const users = found.users.map((user): PaletteItem => {
    const place = { label: user.name ?? user.email, address: userAddress(user.email), group: 'users' } as const
    return {
      ...place,
      id: `user:${user.id}`,
      icon: UserRound,
      detail: user.email,
      keywords: user.email,
      run: go(place),
    }
  })
  const rooms = found.rooms.map((room): PaletteItem => {
    const place = { label: room.name, address: roomAddress(room.id), group: 'rooms' } as const
    const detail = `${room.participants.length} / ${room.maxParticipants} · ${room.id}`
    return { ...place, id: `room:${room.id}`, icon: Video, detail, run: go(place) }
  })
  // The server has searched the others, in more than their labels.
  return [...channels, ...connections, ...rankItems(users, text), ...rooms]
}

function disconnection(connection: ConnectionInfo, words: (typeof paletteWords)['en']): PaletteItem {
  const who = nameOf(connection, words.anonymous)
  return {
    id: `disconnect:${connection.id}`,
    group: 'connections',
    icon: Unplug,
    label: words.actions.disconnect(who),
    detail: detailOf(connection),
    run: () => overlay.set({ kind: 'disconnect', id: connection.id, who }),
  }
}

function nameOf({ name, userId }: ConnectionInfo, anonymous: string): string {
  return name ?? userId ?? anonymous
}

function detailOf({ transport, ip, id }: ConnectionInfo): string {
  return `${transport} · ${ip} · ${id}`
}
