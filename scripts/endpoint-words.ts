/** What an address does, and who may, in Turkish; `who` in both where its access alone does not say it. */
export interface EndpointWords {
  tr: string
  who?: Who
}
type Who = readonly [en: string, tr: string]

const SUBSCRIBERS: Who = ['whoever may subscribe to it', 'ona abone olabilen']
const PUBLISHERS: Who = ['its publisher, admin', 'yayımlayanı, yönetici']
const SIGNED_IN: Who = ['who is signed in', 'giriş yapmış olan']
const ONESELF: Who = ['oneself, admin', 'kendisi, yönetici']
const ANYONE: Who = ['anyone', 'herkes']
const HOST: Who = ['host, admin', 'oda sahibi, yönetici']
const MEMBERS: Who = ['participants, host, admin', 'katılımcılar, oda sahibi, yönetici']

/** By `method path`, in the order of the papers. */
export const ENDPOINT_WORDS: Record<string, EndpointWords> = {
  'get /api/events': {
    tr: 'İleti akışı açar: Server-Sent Events; tarayıcı kendisi sürdürür.',
    who: ['whoever may subscribe to the channels', 'kanallara abone olabilen'],
  },
  'get /ws': {
    tr: 'WebSocket açar; `/ws/<kanal>` da olur: izler, yayımlar, geçmişi ve kimlerin orada olduğunu sorar.',
    who: ['whoever may subscribe to the channels', 'kanallara abone olabilen'],
  },
  'post /api/broadcast': {
    tr: 'Bir ileti ya da 1000’e kadar iletilik bir küme yayımlar, hepsi ya da hiçbiri; kalıcı olunca yanıtlar. `deliverAt` verilirse bekletir.',
    who: ['whoever may publish to the channel', 'kanala yayımlayabilen'],
  },
  'get /api/scheduled': {
    tr: 'Zamanını bekleyen iletileri sıralar; önce en yakını.',
    who: ['one’s own; admin and viewer: all', 'kendininkiler; yönetici ve izleyici: hepsi'],
  },
  'delete /api/scheduled/:id': { tr: 'Zamanını bekleyen bir iletiden vazgeçer.', who: PUBLISHERS },
  'get /api/messages': { tr: 'Arşivde metne, alanlara ve sunucunun koyduklarına göre arar; önce en yenisi.' },
  'get /api/messages/count': { tr: 'Bir aramanın bulduğu iletileri sayar.' },
  'get /api/messages/export': { tr: 'Bir aramanın bulduklarını, ne kadar çok olursa olsun, satır satır akıtır.' },
  'get /api/messages/:id': { tr: 'Arşivden bir iletiyi kimliğiyle gösterir.' },
  'get /api/channels': { tr: 'Abonesi olan ya da yakında ileti geçen kanalları sıralar.' },
  'get /api/channels/:name': { tr: 'Bir kanalı gösterir: şimdi kim alırdı, günlükte ne saklanıyor.' },
  'get /api/channels/:name/messages': {
    tr: 'Bir kanalın geçmişini okur: önce en yenisi, bir konumdan sonrası istenirse önce en eskisi.',
    who: SUBSCRIBERS,
  },
  'get /api/channels/:name/presence': { tr: 'Bir kanalda kimlerin olduğunu sıralar.', who: SUBSCRIBERS },
  'get /api/connections': { tr: 'Açık bağlantıları sıralar.' },
  'get /api/connections/:id': { tr: 'Açık bir bağlantıyı gösterir.' },
  'patch /api/connections/:id': {
    tr: 'Açık bir bağlantının kanallarını değiştirir ya da ona aynı kullanıcının taze belirtecini verir; yeniden bağlanmak gerekmez.',
    who: ONESELF,
  },
  'delete /api/connections/:id': { tr: 'Bir istemcinin bağlantısını keser; yeniden gelmemesi söylenir.' },
  'post /api/connections/disconnect': { tr: 'Birçok istemcinin bağlantısını keser.' },
  'get /api/templates': { tr: 'Yeniden yayımlanmak üzere saklanan iletileri sıralar.' },
  'post /api/templates': { tr: 'Bir iletiyi kendi adıyla saklar.' },
  'patch /api/templates/:id': { tr: 'Saklanan bir iletinin yerine yenisini koyar.' },
  'delete /api/templates/:id': { tr: 'Saklanan bir iletiyi siler.' },
  'get /api/stats': { tr: 'Sorulan düğümün, bir başkasının ya da tüm düğümlerin göstergelerini verir.' },
  'get /api/stats/history': { tr: 'Aynı göstergelerin geçmişini verir; sunucunun kapalı olduğu yerler boştur.' },
  'get /api/nodes': { tr: 'Günlüğü paylaşan düğümleri göstergeleriyle sıralar.' },
  'post /api/nodes/:node/drain': { tr: 'Bir düğümün istemcilerini dalga dalga öbür düğümlere gönderir.' },
  'delete /api/nodes/:node/drain': { tr: 'Elle boşaltılan bir düğümün yeniden istemci almasını sağlar.' },
  'get /api/logs': { tr: 'Olay günlüğünü okur; önce en yenisi.' },
  'get /api/logs/count': { tr: 'Günlük kayıtlarını sayar ve türlerini sıralar.' },
  'get /api/logs/export': { tr: 'Günlük kayıtlarını satır satır JSON ya da CSV olarak indirir.' },
  'delete /api/logs': { tr: 'Günlüğü ya da `before` öncesini siler; bunu da günlüğe yazar.' },
  'get /api/settings': { tr: 'Bütün ayarları değeri, varsayılanı ve sınırlarıyla sıralar.' },
  'post /api/settings': { tr: 'Bir ayarı değiştirir; hemen geçerli olur. `app.*` anahtarları senindir.' },
  'delete /api/settings/:key': { tr: 'Bir ayarı varsayılanına döndürür ya da bir `app.*` anahtarını siler.' },
  'post /api/auth/login': { tr: 'Parolayla ya da tek kullanımlık bağlantıyla giriş yapar.', who: ANYONE },
  'post /api/auth/logout': { tr: 'Oturumu kapatır.', who: ANYONE },
  'get /api/auth/me': { tr: 'Çağıranın kim olduğunu söyler.', who: ['anyone known', 'kim olduğu bilinen herkes'] },
  'post /api/auth/password': { tr: 'Kendi parolanı değiştirir, öbür oturumlarını kapatır.', who: SIGNED_IN },
  'post /api/auth/tokens': { tr: 'Bir uygulamanın kullanıcısı için belirteç üretir.' },
  'get /api/auth/explain': {
    tr: 'Birinin bir kanalı kullanıp kullanamayacağını ve hangi kurala göre olduğunu açıklar.',
  },
  'get /api/users': { tr: 'Panonun kullanıcılarını sıralar.' },
  'get /api/users/invitations': { tr: 'Hâlâ kabul edilebilecek davetleri sıralar.' },
  'post /api/users/invitations': { tr: 'Birini yedi gün geçerli, tek kullanımlık bir bağlantıyla davet eder.' },
  'delete /api/users/invitations/:id': { tr: 'Bir daveti geri alır.' },
  'post /api/auth/invitations/show': {
    tr: 'Bir davetin kime olduğunu söyler.',
    who: ['who has the link', 'bağlantısı olan'],
  },
  'post /api/auth/invitations/accept': {
    tr: 'Bir daveti kabul eder: kullanıcıyı oluşturur, giriş yapar.',
    who: ['who has the link', 'bağlantısı olan'],
  },
  'patch /api/users/:id': { tr: 'Bir kullanıcının adını ya da rolünü değiştirir.', who: ONESELF },
  'delete /api/users/:id': { tr: 'Bir kullanıcıyı siler, oturumlarını kapatır.' },
  'get /api/sessions': { tr: 'Kendi oturumlarını, `all` ile herkesinkileri sıralar.', who: ONESELF },
  'delete /api/sessions': { tr: 'Sorandan başka bütün oturumlarını kapatır.', who: SIGNED_IN },
  'delete /api/sessions/:id': { tr: 'Bir oturumu kapatır.', who: ONESELF },
  'get /api/keys': { tr: 'API anahtarlarını, iptal edilenleri de, sıralar.' },
  'post /api/keys': { tr: 'Bir API anahtarı oluşturur; anahtar yalnız bu kez gösterilir.' },
  'delete /api/keys/:id': { tr: 'Bir API anahtarını iptal eder; açık tuttukları kapanır.' },
  'post /api/video/rooms': {
    tr: 'Görüntülü oda açar; `hostToken` taşıyana oda sahibinin haklarını verir, yalnız bu kez gösterilir.',
    who: ['user, key with `rooms`, admin', 'kullanıcı, `rooms` izinli anahtar, yönetici'],
  },
  'get /api/video/rooms': {
    tr: 'Açık odaları sıralar; önce en yenisi.',
    who: ['users their own, key with `rooms`, admin', 'kullanıcılar kendininkileri, `rooms` izinli anahtar, yönetici'],
  },
  'get /api/video/rooms/:id': { tr: 'Açık bir odayı gösterir.', who: HOST },
  'get /api/video/rooms/:id/lobby': {
    tr: 'Odaya girmeden önce ne ile karşılaşılacağını söyler.',
    who: ['who knows its id', 'kimliğini bilen'],
  },
  'patch /api/video/rooms/:id': { tr: 'Açık bir odayı değiştirir.', who: HOST },
  'delete /api/video/rooms/:id': { tr: 'Bir odayı bitirir; herkes çıkarılır.', who: HOST },
  'post /api/video/rooms/:id/join': {
    tr: 'Bir odaya girer.',
    who: ['who knows its id and passcode', 'kimliğini ve parolasını bilen'],
  },
  'post /api/video/rooms/:id/leave': {
    tr: 'Bir odadan çıkar; belirteç gövdede de olabilir, kapanan sayfa `navigator.sendBeacon` ile çıkabilsin diye.',
    who: ['oneself', 'kendisi'],
  },
  'get /api/video/rooms/:id/participants': { tr: 'Odayı ve içindekileri gösterir.', who: MEMBERS },
  'get /api/video/rooms/:id/ice-servers': {
    tr: 'Katılımcıya taze bilgilerle ICE sunucuları verir.',
    who: ['participants', 'katılımcılar'],
  },
  'get /api/video/ice-servers': { tr: 'Görüşmelerin kullandığı ICE sunucularını denemek için verir.' },
  'patch /api/video/rooms/:id/participants/:pid': {
    tr: 'Odaya kendindeki değişikliği bildirir: ad, mikrofon, kamera, ekran, el kaldırma.',
    who: ['oneself', 'kendisi'],
  },
  'post /api/video/rooms/:id/participants/:pid/remove': { tr: 'Bir katılımcıyı çıkarır.', who: HOST },
  'post /api/video/rooms/:id/participants/:pid/mute': { tr: 'Bir katılımcının sesini kapatır.', who: HOST },
  'post /api/webrtc/signal': {
    tr: 'Odandaki başka bir katılımcıya, yalnız onun alacağı bir sinyal iletir.',
    who: ['participants', 'katılımcılar'],
  },
  'get /api/webhooks': { tr: 'Webhook’ları, nasıl gittikleriyle birlikte sıralar.' },
  'post /api/webhooks': { tr: 'Webhook oluşturur; `secret` yalnız bu kez gösterilir.' },
  'get /api/webhooks/:id': { tr: 'Bir webhook’u gösterir.' },
  'patch /api/webhooks/:id': { tr: 'Bir webhook’u değiştirir, açar ya da kapatır.' },
  'delete /api/webhooks/:id': { tr: 'Bir webhook’u, bekleyen teslimleriyle birlikte siler.' },
  'post /api/webhooks/:id/rotate': {
    tr: 'Bir webhook’a yeni bir gizli anahtar verir; eskisi birkaç saat daha imzalar.',
  },
  'post /api/webhooks/:id/test': { tr: 'Hemen, bir kez `webhook.test` olayı gönderir ve sonucunu söyler.' },
  'get /api/webhooks/:id/deliveries': { tr: 'Bir webhook’un teslimlerini sıralar; önce en yenisi.' },
  'get /api/webhooks/:id/deliveries/:deliveryId': {
    tr: 'Bir teslimi gösterir: ne gönderildiği, her denemenin sonucu.',
  },
  'post /api/webhooks/:id/deliveries/:deliveryId/retry': {
    tr: 'Bir teslimi, sonucu ne olursa olsun, aynı kimlikle yeniden gönderir.',
  },
  'get /healthz': { tr: 'Süreç yaşadıkça yanıt verir.', who: ANYONE },
  'get /readyz': { tr: 'Hazır mı; değilse hangi parçanın ulaşılamaz olduğunu söyler.', who: ANYONE },
  'get /metrics': { tr: 'Prometheus biçiminde göstergeler.', who: ['admin, viewer', 'yönetici, izleyici'] },
  'get /openapi.json': { tr: 'Bunların hepsi, makineler için; insanlar için `/docs`.', who: ANYONE },
}
