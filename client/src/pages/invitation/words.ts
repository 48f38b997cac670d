import type { DashboardUser } from '../../../../shared/api.ts'
import type { Language } from '../../lib/words.ts'

interface InvitationWords {
  title: string
  lead: Record<DashboardUser['role'], (email: string) => string>
  name: string
  nameHelp: string
  submit: string
  submitting: string
  wrong: string
  wrongLead: string
  toSignIn: string
  signedInAs: (who: string) => string
}

const en: InvitationWords = {
  title: 'Welcome to Yayın',
  lead: {
    admin: (email) => `${email} was invited as an admin. Choose a password to come in.`,
    viewer: (email) => `${email} was invited as a viewer. Choose a password to come in.`,
  },
  name: 'Your name',
  nameHelp: 'Shown to the others in place of your e-mail. May be left empty.',
  submit: 'Come in',
  submitting: 'One moment…',
  wrong: 'This invitation is good no more',
  wrongLead: 'It was used, withdrawn, or is too old. Ask whoever invited you for a new link.',
  toSignIn: 'Go to the sign-in page',
  signedInAs: (who) => `You are signed in as ${who} in this browser. Going on signs you in as the invited user.`,
}

const tr: InvitationWords = {
  title: 'Yayın’a hoş geldin',
  lead: {
    admin: (email) => `${email} yönetici olarak davet edildi. Girmek için bir parola seç.`,
    viewer: (email) => `${email} izleyici olarak davet edildi. Girmek için bir parola seç.`,
  },
  name: 'Adın',
  nameHelp: 'Öbürlerine e-postanın yerine gösterilir. Boş bırakılabilir.',
  submit: 'Gir',
  submitting: 'Bir an…',
  wrong: 'Bu davet artık geçerli değil',
  wrongLead: 'Kullanılmış, geri çekilmiş ya da süresi geçmiş. Seni davet edenden yeni bir bağlantı iste.',
  toSignIn: 'Giriş sayfasına git',
  signedInAs: (who) => `Bu tarayıcıda oturumu açık olan: ${who}. Sürdürürsen davet edilen kullanıcı olarak girersin.`,
}

export const invitationWords: Record<Language, InvitationWords> = { en, tr }
