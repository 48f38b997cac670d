import type { NodeInfo } from '../../../../shared/nodes.ts'
import type { Language } from '../../lib/words.ts'

interface NodesWords {
  lead: string
  columns: {
    node: string
    state: string
    started: string
    connections: string
    published: string
    delivered: string
    load: string
    lag: string
    behind: string
  }
  states: Record<NodeInfo['state'], string>
  drained: string
  self: string
  selfHelp: string
  cores: (figure: string) => string
  coresHelp: (figure: string) => string
  silent: (seconds: string) => string
  alone: { title: string; lead: string; command: string; hint: string }
  drain: {
    open: string
    openNamed: (name: string) => string
    onlyOne: string
    title: (name: string) => string
    lead: (connections: string, others: number) => string
    nobody: string
    invisible: string
    after: string
    submit: string
    submitting: string
    done: (name: string) => string
  }
  undo: { submit: string; submitNamed: (name: string) => string; done: (name: string) => string }
}

const en: NodesWords = {
  lead: 'The processes that share this log. Any of them takes any request; a drained one can be stopped without anybody noticing.',
  columns: {
    node: 'Node',
    state: 'State',
    started: 'Started',
    connections: 'Connections',
    published: 'Published/s',
    delivered: 'Delivered/s',
    load: 'Load',
    lag: 'Loop lag',
    behind: 'Behind',
  },
  states: { ready: 'Ready', draining: 'Draining', away: 'Away' },
  drained: 'Drained',
  self: 'this page',
  selfHelp: 'The node that serves this page',
  cores: (figure) => `${figure} cores`,
  coresHelp: (figure) => `${figure} processor cores in use`,
  silent: (seconds) => `Not heard of for ${seconds} s; the figures are from before`,
  alone: {
    title: 'This is the only node',
    lead: 'Start another one over the same PostgreSQL, with the same secrets, behind any load balancer. It shows up here by itself.',
    command: 'Command that starts another node',
    hint: 'On one machine, WORKERS=4 runs four nodes on one port.',
  },
  drain: {
    open: 'Drain',
    openNamed: (name) => `Drain ${name}`,
    onlyOne: 'No other node is ready to take its clients',
    title: (name) => `Drain ${name}?`,
    lead: (connections, others) => {
      const what = connections === '1' ? '1 connection is' : `${connections} connections are`
      return `${what} moved to ${others === 1 ? 'the other node' : `the ${others} other nodes`}, in waves.`
    },
    nobody: 'Nobody is connected to it right now.',
    invisible: 'Clients of the library notice nothing; others come back by themselves and miss nothing.',
    after: 'It is no longer ready for load balancers and takes no streams until you let it, or it is started anew.',
    submit: 'Drain node',
    submitting: 'Draining…',
    done: (name) => `${name} is being drained.`,
  },
  undo: {
    submit: 'Take clients',
    submitNamed: (name) => `Let ${name} take clients again`,
    done: (name) => `${name} takes clients again.`,
  },
}

const tr: NodesWords = {
  lead: 'Bu günlüğü paylaşan süreçler. Her istek herhangi birine gidebilir; boşaltılan biri kimse fark etmeden durdurulabilir.',
  columns: {
    node: 'Düğüm',
    state: 'Durum',
    started: 'Başlangıç',
    connections: 'Bağlantı',
    published: 'Yayın/sn',
    delivered: 'Teslim/sn',
    load: 'Yük',
    lag: 'Gecikme',
    behind: 'Geride',
  },
  states: { ready: 'Hazır', draining: 'Boşalıyor', away: 'Ulaşılamıyor' },
  drained: 'Boşaltıldı',
  self: 'bu sayfa',
  selfHelp: 'Bu sayfayı sunan düğüm',
  cores: (figure) => `${figure} çekirdek`,
  coresHelp: (figure) => `${figure} işlemci çekirdeği kullanımda`,
  silent: (seconds) => `${seconds} saniyedir haber yok; değerler öncesine ait`,
  alone: {
    title: 'Tek düğüm bu',
    lead: 'Aynı PostgreSQL ve aynı gizli değerlerle, herhangi bir yük dengeleyicinin arkasında bir tane daha başlat. Kendiliğinden burada görünür.',
    command: 'Bir düğüm daha başlatan komut',
    hint: 'Tek makinede WORKERS=4, tek kapıda dört düğüm çalıştırır.',
  },
  drain: {
    open: 'Boşalt',
    openNamed: (name) => `${name} düğümünü boşalt`,
    onlyOne: 'İstemcilerini alacak başka hazır düğüm yok',
    title: (name) => `${name} boşaltılsın mı?`,
    lead: (connections, others) =>
      others === 1
        ? `${connections} bağlantı dalga dalga öbür düğüme taşınır.`
        : `${connections} bağlantı dalga dalga öbür ${others} düğüme taşınır.`,
    nobody: 'Şu anda ona bağlı kimse yok.',
    invisible:
      'Kitaplığı kullanan istemciler bir şey fark etmez; ötekiler kendiliğinden geri gelir ve bir şey kaçırmaz.',
    after: 'Sen izin verene ya da yeniden başlatılana dek yük dengeleyicilere hazır görünmez ve yeni akış almaz.',
    submit: 'Düğümü boşalt',
    submitting: 'Boşaltılıyor…',
    done: (name) => `${name} boşaltılıyor.`,
  },
  undo: {
    submit: 'İstemci al',
    submitNamed: (name) => `${name} yeniden istemci alsın`,
    done: (name) => `${name} yeniden istemci alıyor.`,
  },
}

export const nodesWords: Record<Language, NodesWords> = { en, tr }
