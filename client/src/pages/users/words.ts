import type { DashboardUser } from '../../../../shared/api.ts'
import type { Language } from '../../lib/words.ts'

type Role = DashboardUser['role']

interface UsersWords {
  lead: string
  invite: string
  columns: { name: string; email: string; role: string; lastSignIn: string; created: string }
  you: string
  nameless: string
  edit: string
  editNamed: (who: string) => string
  delete: string
  deleteNamed: (who: string) => string
  emptyTitle: string
  emptyLead: string
  roleHelp: Record<Role, string>
  invitations: {
    title: string
    columns: { email: string; role: string; created: string; expires: string }
    withdraw: string
    withdrawNamed: (email: string) => string
  }
  inviting: {
    title: string
    email: string
    emailHelp: string
    badEmail: string
    role: string
    submit: string
    submitting: string
  }
  invited: { title: string; lead: (email: string) => string; link: string; done: string }
  editing: {
    title: (who: string) => string
    name: string
    nameHelp: string
    role: string
    lastAdmin: string
    done: (who: string) => string
  }
  deleting: {
    title: string
    lead: (who: string) => string
    effects: string[]
    submit: string
    submitting: string
    done: (who: string) => string
  }
  withdrawing: { title: string; lead: (email: string) => string; submit: string; submitting: string; done: string }
}

const en: UsersWords = {
  lead: 'Who may sign in to this dashboard. Admins change things; viewers see everything and change nothing.',
  invite: 'Invite',
  columns: { name: 'Name', email: 'E-mail', role: 'Role', lastSignIn: 'Last sign-in', created: 'Joined' },
  you: 'you',
  nameless: 'no name yet',
  edit: 'Edit',
  editNamed: (who) => `Edit ${who}`,
  delete: 'Delete',
  deleteNamed: (who) => `Delete ${who}`,
  emptyTitle: 'No users yet',
  emptyLead: 'Invite somebody to see this hub with you.',
  roleHelp: {
    admin: 'Changes settings, keys and users, and sends messages.',
    viewer: 'Sees everything, changes nothing.',
  },
  invitations: {
    title: 'Open invitations',
    columns: { email: 'E-mail', role: 'Role', created: 'Sent', expires: 'Expires' },
    withdraw: 'Withdraw',
    withdrawNamed: (email) => `Withdraw the invitation of ${email}`,
  },
  inviting: {
    title: 'Invite somebody',
    email: 'E-mail',
    emailHelp: 'They sign in with it. Yayın sends no mail: you pass the link on.',
    badEmail: 'This is no e-mail address yet, such as ada@example.org.',
    role: 'Role',
    submit: 'Make link',
    submitting: 'Making…',
  },
  invited: {
    title: 'Your invitation link',
    lead: (email) => `Send this link to ${email}. It works once, within seven days, and will not be shown again.`,
    link: 'Link',
    done: 'I have sent it',
  },
  editing: {
    title: (who) => `Edit ${who}`,
    name: 'Name',
    nameHelp: 'Shown in place of the e-mail.',
    role: 'Role',
    lastAdmin: 'The only admin stays one. Make somebody else an admin first.',
    done: (who) => `${who} was changed.`,
  },
  deleting: {
    title: 'Delete this user?',
    lead: (who) => `${who} loses access at once:`,
    effects: ['every session of theirs ends', 'keys that they made go on working'],
    submit: 'Delete user',
    submitting: 'Deleting…',
    done: (who) => `${who} was deleted.`,
  },
  withdrawing: {
    title: 'Withdraw this invitation?',
    lead: (email) => `The link that ${email} was sent stops working. You can invite them again.`,
    submit: 'Withdraw',
    submitting: 'Withdrawing…',
    done: 'The invitation was withdrawn.',
  },
}

const tr: UsersWords = {
  lead: 'Bu panoya kimlerin girebildiği. Yöneticiler değişiklik yapar; izleyiciler her şeyi görür, hiçbir şeyi değiştirmez.',
  invite: 'Davet et',
  columns: { name: 'Ad', email: 'E-posta', role: 'Rol', lastSignIn: 'Son giriş', created: 'Katılma' },
  you: 'sen',
  nameless: 'adı henüz yok',
  edit: 'Düzenle',
  editNamed: (who) => `${who}: düzenle`,
  delete: 'Sil',
  deleteNamed: (who) => `${who}: sil`,
  emptyTitle: 'Henüz kullanıcı yok',
  emptyLead: 'Bu merkezi seninle görecek birini davet et.',
  roleHelp: {
    admin: 'Ayarları, anahtarları ve kullanıcıları değiştirir, ileti gönderir.',
    viewer: 'Her şeyi görür, hiçbir şeyi değiştirmez.',
  },
  invitations: {
    title: 'Bekleyen davetler',
    columns: { email: 'E-posta', role: 'Rol', created: 'Davet', expires: 'Bitiş' },
    withdraw: 'Geri çek',
    withdrawNamed: (email) => `${email}: daveti geri çek`,
  },
  inviting: {
    title: 'Birini davet et',
    email: 'E-posta',
    emailHelp: 'Bununla giriş yapar. Yayın posta göndermez: bağlantıyı sen iletirsin.',
    badEmail: 'Bu henüz bir e-posta adresi değil, örneğin ada@example.org.',
    role: 'Rol',
    submit: 'Bağlantı oluştur',
    submitting: 'Oluşturuluyor…',
  },
  invited: {
    title: 'Davet bağlantın',
    lead: (email) =>
      `Bu bağlantıyı şu kişiye gönder: ${email}. Yedi gün içinde bir kez geçerlidir ve bir daha gösterilmez.`,
    link: 'Bağlantı',
    done: 'Gönderdim',
  },
  editing: {
    title: (who) => `Düzenle: ${who}`,
    name: 'Ad',
    nameHelp: 'E-postanın yerine gösterilir.',
    role: 'Rol',
    lastAdmin: 'Tek yönetici yönetici kalır. Önce bir başkasını yönetici yap.',
    done: (who) => `Değiştirildi: ${who}`,
  },
  deleting: {
    title: 'Bu kullanıcı silinsin mi?',
    lead: (who) => `${who} erişimini hemen yitirir:`,
    effects: ['bütün oturumları sona erer', 'oluşturduğu anahtarlar çalışmayı sürdürür'],
    submit: 'Kullanıcıyı sil',
    submitting: 'Siliniyor…',
    done: (who) => `Silindi: ${who}`,
  },
  withdrawing: {
    title: 'Bu davet geri çekilsin mi?',
    lead: (email) => `Gönderilen bağlantı artık çalışmaz: ${email}. Yeniden davet edebilirsin.`,
    submit: 'Geri çek',
    submitting: 'Geri çekiliyor…',
    done: 'Davet geri çekildi.',
  },
}

export const usersWords: Record<Language, UsersWords> = { en, tr }
