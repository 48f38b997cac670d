import type { Language } from '../../../lib/words.ts'
import type { IceTransport, IceUrl } from './ice-url.ts'

interface TurnCheckWords {
  title: string
  lead: string
  submit: string
  again: string
  checking: string
  failed: string
  noServers: string
  noTurn: string
  kinds: Record<IceUrl['kind'], string>
  transports: Record<IceTransport, string>
  works: (address: string, ms: string) => string
  waiting: string
  silent: string
  unreachable: string
  unauthorized: string
  refused: (code: number, reason: string) => string
  relayed: string
  notRelayed: string
}

const en: TurnCheckWords = {
  title: 'Relays for video rooms',
  lead: 'About one call in five needs a TURN server. This asks each of yours, from this browser, for an address to be reached at.',
  submit: 'Check TURN',
  again: 'Check again',
  checking: 'Checking…',
  failed: 'The list of servers could not be loaded.',
  noServers: 'No STUN and no TURN server is set: calls work within one network only.',
  noTurn:
    'No TURN server is set (TURN_URLS and TURN_SECRET): people behind strict firewalls will not be seen or heard.',
  kinds: { stun: 'STUN', turn: 'TURN' },
  transports: { udp: 'UDP', tcp: 'TCP', tls: 'TLS', dtls: 'DTLS' },
  works: (address, ms) => `Works: reached at ${address}, after ${ms}`,
  waiting: 'Asking…',
  silent: 'No answer. A firewall on the way may be closed.',
  unreachable: 'Not reached. Check name, port, certificate and firewall.',
  unauthorized: 'Refused: TURN_SECRET is not the server’s, or one of the clocks is wrong.',
  refused: (code, reason) => (reason === '' ? `Refused with code ${code}.` : `Refused with code ${code}: ${reason}`),
  relayed: 'Calls that find no direct way can be relayed.',
  notRelayed: 'No relay works from here: calls that find no direct way stay dark.',
}

const tr: TurnCheckWords = {
  title: 'Görüntülü odalar için aktarıcılar',
  lead: 'Yaklaşık her beş görüşmeden biri TURN sunucusu ister. Bu, sunucularının her birinden bu tarayıcı için ulaşılacak bir adres ister.',
  submit: 'TURN denetle',
  again: 'Yeniden denetle',
  checking: 'Denetleniyor…',
  failed: 'Sunucu listesi yüklenemedi.',
  noServers: 'STUN da TURN de ayarlı değil: görüşmeler yalnızca aynı ağ içinde kurulur.',
  noTurn:
    'TURN sunucusu ayarlı değil (TURN_URLS ve TURN_SECRET): sıkı güvenlik duvarı arkasındakiler görülmez, duyulmaz.',
  kinds: { stun: 'STUN', turn: 'TURN' },
  transports: { udp: 'UDP', tcp: 'TCP', tls: 'TLS', dtls: 'DTLS' },
  works: (address, ms) => `Çalışıyor: ${ms} içinde adres alındı, ${address}`,
  waiting: 'Soruluyor…',
  silent: 'Yanıt yok. Aradaki bir güvenlik duvarı kapalı olabilir.',
  unreachable: 'Ulaşılamadı. Adı, bağlantı noktasını, sertifikayı ve güvenlik duvarını denetle.',
  unauthorized: 'Reddedildi: TURN_SECRET sunucununkiyle aynı değil ya da saatlerden biri yanlış.',
  refused: (code, reason) => (reason === '' ? `${code} koduyla reddedildi.` : `${code} koduyla reddedildi: ${reason}`),
  relayed: 'Doğrudan yol bulamayan görüşmeler aktarılabilir.',
  notRelayed: 'Buradan hiçbir aktarıcı çalışmıyor: doğrudan yol bulamayan görüşmeler kurulamaz.',
}

export const turnCheckWords: Record<Language, TurnCheckWords> = { en, tr }
