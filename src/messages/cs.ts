import type { Messages } from './Messages.js'

/** Czech. */
export const cs: Messages = {
  language: 'cs',
  'warning.title': 'Brzy budete odhlášeni',
  'warning.text':
    'Kvůli vaší bezpečnosti vás po určité době nečinnosti odhlásíme. Neuložená práce může být ztracena.',
  'warning.countdown': 'Budete odhlášeni {time}.',
  'warning.now': 'Právě vás odhlašujeme.',
  'warning.stay': 'Zůstat přihlášen',
  'warning.signOut': 'Odhlásit se',
  'warning.pending': 'Prodlužujeme vaše přihlášení…',
  'warning.failed':
    'Server není dostupný, přihlášení se proto zatím neprodloužilo. Zkoušíme to dál; můžete to zkusit znovu i sami.',
  'warning.stayed': 'Jste stále přihlášeni.',
  'absolute.title': 'Vaše relace brzy skončí',
  'absolute.text':
    'Kvůli vaší bezpečnosti trvá relace jen omezenou dobu a tuto nelze prodloužit. Uložte si teď svou práci. Hned poté se můžete znovu přihlásit.',
  'absolute.countdown': 'Vaše relace skončí {time}.',
  'absolute.dismiss': 'Pokračovat a uložit',
  'expired.idle.title': 'Byli jste odhlášeni',
  'expired.idle.text':
    'Nějakou dobu jste nebyli aktivní, a tak jsme vás kvůli ochraně vašich údajů odhlásili.',
  'expired.absolute.title': 'Vaše relace skončila',
  'expired.absolute.text':
    'Relace trvá jen omezenou dobu, i když pracujete, a tato dosáhla svého limitu.',
  'expired.revoked.title': 'Vaše relace byla ukončena',
  'expired.revoked.text':
    'Služba vaši relaci ukončila, například proto, že se změnilo vaše heslo nebo oprávnění.',
  'expired.signed-out.title': 'Odhlásili jste se',
  'expired.signed-out.text': 'Odhlásili jste se zde nebo v jiné kartě či okně.',
  'expired.unreachable.title': 'Byli jste odhlášeni',
  'expired.unreachable.text':
    'Když měla vaše relace skončit, server nebyl dostupný, a tak jsme kvůli ochraně vašich údajů tuto stránku zavřeli. Zkontrolujte připojení a přihlaste se znovu.',
  'expired.unknown.title': 'Byli jste odhlášeni',
  'expired.unknown.text': 'Vaše relace již není platná.',
  'expired.pleaseSignIn.title': 'Přihlaste se',
  'expired.pleaseSignIn.text': 'Tuto stránku otevřete po přihlášení.',
  'expired.lost': 'Práce, kterou jste neuložili, může být ztracena.',
  'expired.kept':
    'To, na čem jste zde pracovali, zůstává zachováno a vrátí se, až se znovu přihlásíte.',
  'expired.signInAgain': 'Znovu se přihlásit',
  'expired.signIn': 'Přihlásit se',
  'expired.unconfirmed':
    'Server zatím odhlášení nepotvrdil. Zkoušíme to dál. U sdíleného počítače zůstaňte, dokud tato zpráva nezmizí.',
  'notice.idle':
    'Kvůli vaší bezpečnosti budete odhlášeni po této době nečinnosti: {duration}. Neuložená práce pak může být ztracena.',
  'notice.absolute': 'I když jste aktivní, relace netrvá déle než: {duration}.',
  'notice.unreachable': 'Server teď není dostupný. Co nyní uděláte, se možná neuloží.',
  'notice.refused':
    'Server teď nepřijímá požadavky této stránky. Co nyní uděláte, se možná neuloží.',
}
