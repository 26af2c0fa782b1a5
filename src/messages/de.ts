import type { Messages } from './Messages.js'

/** German. */
export const de: Messages = {
  language: 'de',
  'warning.title': 'Sie werden gleich abgemeldet',
  'warning.text':
    'Zu Ihrer Sicherheit melden wir Sie ab, wenn Sie eine Weile nicht aktiv waren. Nicht gespeicherte Arbeit kann verloren gehen.',
  'warning.countdown': 'Sie werden {time} abgemeldet.',
  'warning.now': 'Sie werden jetzt abgemeldet.',
  'warning.stay': 'Angemeldet bleiben',
  'warning.signOut': 'Abmelden',
  'warning.pending': 'Ihre Anmeldung wird verlängert …',
  'warning.failed':
    'Der Server war nicht erreichbar, Ihre Anmeldung ist daher noch nicht verlängert. Wir versuchen es weiter; Sie können es auch selbst noch einmal versuchen.',
  'warning.stayed': 'Sie sind weiterhin angemeldet.',
  'absolute.title': 'Ihre Sitzung endet gleich',
  'absolute.text':
    'Zu Ihrer Sicherheit dauert eine Sitzung nur eine bestimmte Zeit, und diese lässt sich nicht verlängern. Speichern Sie jetzt Ihre Arbeit. Danach können Sie sich sofort wieder anmelden.',
  'absolute.countdown': 'Ihre Sitzung endet {time}.',
  'absolute.dismiss': 'Weiter und speichern',
  'expired.idle.title': 'Sie wurden abgemeldet',
  'expired.idle.text':
    'Sie waren eine Weile nicht aktiv. Zum Schutz Ihrer Daten haben wir Sie abgemeldet.',
  'expired.absolute.title': 'Ihre Sitzung ist zu Ende',
  'expired.absolute.text':
    'Eine Sitzung dauert nur eine bestimmte Zeit, auch während Sie arbeiten. Diese hat ihre Grenze erreicht.',
  'expired.revoked.title': 'Ihre Sitzung wurde beendet',
  'expired.revoked.text':
    'Der Dienst hat Ihre Sitzung beendet, zum Beispiel weil sich Ihr Passwort oder Ihre Berechtigungen geändert haben.',
  'expired.signed-out.title': 'Sie haben sich abgemeldet',
  'expired.signed-out.text':
    'Sie haben sich hier oder in einem anderen Tab oder Fenster abgemeldet.',
  'expired.unreachable.title': 'Sie wurden abgemeldet',
  'expired.unreachable.text':
    'Der Server war nicht erreichbar, als Ihre Sitzung enden sollte. Zum Schutz Ihrer Daten haben wir diese Seite geschlossen. Prüfen Sie Ihre Verbindung und melden Sie sich dann wieder an.',
  'expired.unknown.title': 'Sie wurden abgemeldet',
  'expired.unknown.text': 'Ihre Sitzung ist nicht mehr gültig.',
  'expired.pleaseSignIn.title': 'Bitte melden Sie sich an',
  'expired.pleaseSignIn.text': 'Melden Sie sich an, um diese Seite zu öffnen.',
  'expired.lost': 'Nicht gespeicherte Arbeit kann verloren sein.',
  'expired.kept':
    'Was Sie hier gerade getan haben, bleibt erhalten und ist wieder da, wenn Sie sich wieder anmelden.',
  'expired.signInAgain': 'Wieder anmelden',
  'expired.signIn': 'Anmelden',
  'expired.unconfirmed':
    'Der Server hat Ihre Abmeldung noch nicht bestätigt. Wir versuchen es weiter. Bleiben Sie an einem gemeinsam genutzten Computer, bis diese Meldung verschwunden ist.',
  'notice.idle':
    'Zu Ihrer Sicherheit werden Sie abgemeldet, wenn Sie so lange nicht aktiv waren: {duration}. Nicht gespeicherte Arbeit kann dann verloren gehen.',
  'notice.absolute':
    'Auch während Sie aktiv sind, dauert eine Sitzung höchstens so lange: {duration}.',
  'notice.unreachable':
    'Der Server ist zurzeit nicht erreichbar. Was Sie jetzt tun, wird möglicherweise nicht gespeichert.',
  'notice.refused':
    'Der Server nimmt die Anfragen dieser Seite zurzeit nicht an. Was Sie jetzt tun, wird möglicherweise nicht gespeichert.',
}
