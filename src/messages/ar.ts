import type { Messages } from './Messages.js'

/** Arabic. */
export const ar: Messages = {
  language: 'ar',
  'warning.title': 'أنت على وشك تسجيل الخروج',
  'warning.text':
    'حفاظًا على أمانك، نسجّل خروجك بعد فترة من عدم النشاط. قد تفقد العمل الذي لم تحفظه.',
  'warning.countdown': 'سيُسجَّل خروجك {time}.',
  'warning.now': 'يجري تسجيل خروجك الآن.',
  'warning.stay': 'البقاء متصلًا',
  'warning.signOut': 'تسجيل الخروج',
  'warning.pending': 'جارٍ تمديد جلستك…',
  'warning.failed':
    'تعذّر الوصول إلى الخادم، لذلك لم تُمدَّد جلستك بعد. نواصل المحاولة، ويمكنك أيضًا إعادة المحاولة بنفسك.',
  'warning.stayed': 'ما زلت متصلًا.',
  'absolute.title': 'جلستك على وشك الانتهاء',
  'absolute.text':
    'حفاظًا على أمانك، تستمر الجلسة مدة محدودة، ولا يمكن تمديد هذه الجلسة. احفظ عملك الآن. يمكنك تسجيل الدخول مجددًا بعد ذلك مباشرة.',
  'absolute.countdown': 'تنتهي جلستك {time}.',
  'absolute.dismiss': 'المتابعة والحفظ',
  'expired.idle.title': 'سُجِّل خروجك',
  'expired.idle.text': 'لم يكن هناك نشاط منذ فترة، لذلك سجّلنا خروجك لحماية معلوماتك.',
  'expired.absolute.title': 'انتهت جلستك',
  'expired.absolute.text': 'تستمر الجلسة مدة محدودة حتى أثناء العمل، وقد بلغت هذه الجلسة حدّها.',
  'expired.revoked.title': 'أُنهيت جلستك',
  'expired.revoked.text': 'أنهت الخدمة جلستك، مثلًا بسبب تغيّر كلمة المرور أو الصلاحيات.',
  'expired.signed-out.title': 'لقد سجّلت خروجك',
  'expired.signed-out.text': 'سجّلت خروجك هنا، أو في علامة تبويب أو نافذة أخرى.',
  'expired.unreachable.title': 'سُجِّل خروجك',
  'expired.unreachable.text':
    'تعذّر الوصول إلى الخادم عندما حان موعد انتهاء جلستك، لذلك أغلقنا هذه الصفحة لحماية معلوماتك. تحقّق من اتصالك، ثم سجّل الدخول مجددًا.',
  'expired.unknown.title': 'سُجِّل خروجك',
  'expired.unknown.text': 'لم تعد جلستك صالحة.',
  'expired.pleaseSignIn.title': 'يُرجى تسجيل الدخول',
  'expired.pleaseSignIn.text': 'سجّل الدخول لفتح هذه الصفحة.',
  'expired.lost': 'ربما فُقد العمل الذي لم تحفظه.',
  'expired.kept': 'ما كنت تفعله هنا محفوظ، وسيعود عندما تسجّل الدخول مجددًا.',
  'expired.signInAgain': 'تسجيل الدخول مجددًا',
  'expired.signIn': 'تسجيل الدخول',
  'expired.unconfirmed':
    'لم يؤكّد الخادم تسجيل خروجك بعد. نواصل المحاولة. إذا كان الحاسوب مشتركًا، فابقَ حتى تختفي هذه الرسالة.',
  'notice.idle':
    'حفاظًا على أمانك، سيُسجَّل خروجك بعد هذه المدة من عدم النشاط: {duration}. قد تفقد عندئذ العمل الذي لم تحفظه.',
  'notice.absolute': 'حتى مع النشاط، لا تستمر الجلسة أكثر من: {duration}.',
  'notice.unreachable': 'يتعذّر الوصول إلى الخادم حاليًا. قد لا يُحفظ ما تفعله الآن.',
  'notice.refused': 'لا يقبل الخادم طلبات هذه الصفحة حاليًا. قد لا يُحفظ ما تفعله الآن.',
}
