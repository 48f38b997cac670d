import type { Language } from './languages.ts'

/** What is said of signing in, and of one’s own account. */
export interface AccountWords {
  signIn: {
    title: string
    lead: string
    email: string
    password: string
    submit: string
    submitting: string
    linkHelp: string
    linkSigningIn: string
    wrong: string
    linkWrong: string
    tooMany: (seconds: number) => string
  }
  account: { menu: string; signOut: string; changePassword: string; viewer: string; ended: string }
  password: {
    title: string
    old: string
    oldHelp: string
    new: string
    rule: string
    tooShort: (missing: number) => string
    tooLong: string
    tooCommon: string
    note: string
    submit: string
    changed: string
    wrongOld: string
  }
}

export const accountWords: Record<Language, AccountWords> = {
  en: {
    signIn: {
      title: 'Sign in to Yayın',
      lead: 'See what goes through this hub, as it happens.',
      email: 'E-mail',
      password: 'Password',
      submit: 'Sign in',
      submitting: 'Signing in…',
      linkHelp: 'No password set? Open the one-time link that the server printed when it started.',
      linkSigningIn: 'Signing in with your one-time link…',
      wrong: 'E-mail or password is wrong.',
      linkWrong: 'This link was used already or is too old. Restart the server to get a new one.',
      tooMany: (seconds) => `Too many attempts. Try again in ${seconds} s.`,
    },
    account: {
      menu: 'Account',
      signOut: 'Sign out',
      changePassword: 'Change password',
      viewer: 'As a viewer you see everything and change nothing.',
      ended: 'Your session was ended. Sign in again to go on.',
    },
    password: {
      title: 'Change password',
      old: 'Present password',
      oldHelp: 'Leave it empty if you signed in by a one-time link and have none yet.',
      new: 'New password',
      rule: '12 to 128 characters of any kind; spaces count too. Common passwords are refused.',
      tooShort: (missing) => (missing === 1 ? '1 more character is needed.' : `${missing} more characters are needed.`),
      tooLong: 'A password has 128 characters at most.',
      tooCommon: 'This password is easy to guess. Choose another.',
      note: 'Your other sessions are signed out.',
      submit: 'Change password',
      changed: 'Password changed. Your other sessions were signed out.',
      wrongOld: 'The present password is wrong.',
    },
  },
  tr: {
    signIn: {
      title: 'Yayın’a giriş yap',
      lead: 'Bu merkezden geçenleri anında gör.',
      email: 'E-posta',
      password: 'Parola',
      submit: 'Giriş yap',
      submitting: 'Giriş yapılıyor…',
      linkHelp: 'Parola belirlenmedi mi? Sunucunun başlarken yazdığı tek kullanımlık bağlantıyı aç.',
      linkSigningIn: 'Tek kullanımlık bağlantıyla giriş yapılıyor…',
      wrong: 'E-posta ya da parola yanlış.',
      linkWrong: 'Bu bağlantı kullanılmış ya da süresi geçmiş. Yenisi için sunucuyu yeniden başlat.',
      tooMany: (seconds) => `Çok fazla deneme yapıldı. ${seconds} sn sonra yeniden dene.`,
    },
    account: {
      menu: 'Hesap',
      signOut: 'Çıkış yap',
      changePassword: 'Parolayı değiştir',
      viewer: 'İzleyici olarak her şeyi görür, hiçbir şeyi değiştirmezsin.',
      ended: 'Oturumun sonlandırıldı. Sürdürmek için yeniden giriş yap.',
    },
    password: {
      title: 'Parolayı değiştir',
      old: 'Şimdiki parola',
      oldHelp: 'Tek kullanımlık bağlantıyla girdiysen ve parolan yoksa boş bırak.',
      new: 'Yeni parola',
      rule: 'Her türden 12–128 karakter; boşluklar da sayılır. Çok bilinen parolalar kabul edilmez.',
      tooShort: (missing) => `${missing} karakter daha gerekli.`,
      tooLong: 'Parola en çok 128 karakter olabilir.',
      tooCommon: 'Bu parola kolay tahmin edilir. Başka bir tane seç.',
      note: 'Öbür oturumların kapatılır.',
      submit: 'Parolayı değiştir',
      changed: 'Parola değişti. Öbür oturumların kapatıldı.',
      wrongOld: 'Şimdiki parola yanlış.',
    },
  },
}
