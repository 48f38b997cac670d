/**
 * Those of the commonest passwords of public breaches that are 12 characters or longer, in lower case; shorter ones
 * are refused for their length, repetitions and runs along the keyboard by rule.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `
  000000000000 adminadmin123 administrator administrator1 administrator123 adminpassword alexander123 alexandria12
  barcelona123 basketball12 basketball123 beautifulgirl billybillybob blink182blink businessbabe californication
  changeme1234 changemeplease charlie12345 chocolate123 christian123 christopher1 christopher12 computer1234
  correcthorsebatterystaple dragondragon1 football1234 forever12345 galatasaray1905 galatasaray1
  fenerbahce1907 besiktas1903 girlsgeneration goodluckgood greatpassword happybirthday iloveyou1234 iloveyouforever
  iloveyousomuch ihateyou1234 internet1234 istanbul1453 istanbul3434 jesuschrist1 jesusislord1 justinbieber
  leavemealone letmein12345 letmeinletmein liverpoolfc1 loveyouforever manchester123 manchesterunited
  masterpassword metallica123 michaeljackson michelle1234 minecraft123 monkey123456 motherfucker motherfucker1
  mypassword12 mypassword123 mypassword1234 mynameisjohn nevergiveup1 newpassword1 newpassword123 password0000
  password1111 password1234 password12345 password123456 password1234567 password12345678 password123456789
  password2020 password2021 password2022 password2023 password2024 password2025 password2026 password@123
  password@1234 passwordpass passw0rd1234 p@ssw0rd1234 p@ssword1234 p@ssw0rd12345 pa55word1234 playstation3
  playstation2 playstation4 pokemon12345 portugal1234 princess1234 qwerty123456 qwerty1234567 qwerty12345678
  qwerty123456789 qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiop[] qwertyuiop[]\\ qwerty654321 q1w2e3r4t5y6
  q1w2e3r4t5y6u7 rootrootroot samsung12345 schalke04s04 secretpassword sexyandiknowit shadow123456 skateboarding
  snowboarding spongebob123 starwars1234 steelers1234 summer123456 sunshine1234 sunshine12345 superman1234
  supersecret1 supersecret123 tinkerbell12 trustno1trustno1 turkiye12345 turkiye1923 unbelievable underground1
  victoria1234 vodafone1234 welcome12345 welcome123456 welcome@1234 westernunion whatthefuck1 wolverhampton
  yourpassword yourmother12 zaq12wsxcde3 1234qwerasdf 123qweasdzxc 12345qwertyuiop 123456qwerty 1234567qwerty
  123456789abc 1234567890a 123456abcdef 123456789qwerty 1q2w3e4r5t6y1q2w asdfghjkl123 asdfghjkl1234 asd123asd123
  abc123456789 abcd12345678 abcdef123456 aa1234567890 a123456789012 a1b2c3d4e5f6 zxcvbnm12345 zxcvbnm123456
  1qaz2wsx3edc 1qaz@wsx3edc !qaz2wsx#edc 147258369147 159357456852 112233445566 123321123321 987654321098 yayinyayin12
  yayinpassword letmeintoyayin defaultpassword administrator1234 rootpassword1 temporary123 temppassword testpassword
  testtest1234 test12345678 guestpassword userpassword administrator2024 administrator2025
  `
    .trim()
    .split(/\s+/),
)
