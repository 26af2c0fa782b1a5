import type { Messages } from './Messages.js'

/** Catalan. */
export const ca: Messages = {
  language: 'ca',
  'warning.title': 'La vostra sessió està a punt de tancar-se',
  'warning.text':
    'Per la vostra seguretat, tanquem la sessió després d’una estona sense activitat. La feina que no hàgiu desat es pot perdre.',
  'warning.countdown': 'La sessió es tancarà {time}.',
  'warning.now': 'La sessió s’està tancant.',
  'warning.stay': 'Mantén la sessió',
  'warning.signOut': 'Tanca la sessió',
  'warning.pending': 'S’està mantenint la sessió…',
  'warning.failed':
    'No hem pogut connectar amb el servidor, de manera que la sessió encara no s’ha allargat. Ho continuem provant; també podeu tornar-ho a provar vosaltres.',
  'warning.stayed': 'La vostra sessió continua oberta.',
  'absolute.title': 'La vostra sessió està a punt d’acabar',
  'absolute.text':
    'Per la vostra seguretat, les sessions tenen una durada limitada i aquesta no es pot allargar. Deseu ara la feina. Tot seguit podreu tornar a iniciar la sessió.',
  'absolute.countdown': 'La sessió acaba {time}.',
  'absolute.dismiss': 'Continua i desa',
  'expired.idle.title': 'S’ha tancat la vostra sessió',
  'expired.idle.text':
    'Feia una estona que no hi havia activitat i hem tancat la sessió per protegir la vostra informació.',
  'expired.absolute.title': 'La vostra sessió ha acabat',
  'expired.absolute.text':
    'Les sessions tenen una durada limitada, encara que estigueu treballant, i aquesta ha arribat al límit.',
  'expired.revoked.title': 'S’ha posat fi a la vostra sessió',
  'expired.revoked.text':
    'El servei ha posat fi a la sessió, per exemple perquè han canviat la contrasenya o els permisos.',
  'expired.signed-out.title': 'Heu tancat la sessió',
  'expired.signed-out.text': 'Heu tancat la sessió aquí, o en una altra pestanya o finestra.',
  'expired.unreachable.title': 'S’ha tancat la vostra sessió',
  'expired.unreachable.text':
    'No hem pogut connectar amb el servidor quan la sessió havia d’acabar i hem tancat aquesta pàgina per protegir la vostra informació. Comproveu la connexió i torneu a iniciar la sessió.',
  'expired.unknown.title': 'S’ha tancat la vostra sessió',
  'expired.unknown.text': 'La vostra sessió ja no és vàlida.',
  'expired.pleaseSignIn.title': 'Inicieu la sessió',
  'expired.pleaseSignIn.text': 'Inicieu la sessió per obrir aquesta pàgina.',
  'expired.lost': 'La feina que no havíeu desat es pot haver perdut.',
  'expired.kept': 'El que estàveu fent aquí es conserva i tornarà quan torneu a iniciar la sessió.',
  'expired.signInAgain': 'Torna a iniciar la sessió',
  'expired.signIn': 'Inicia la sessió',
  'expired.unconfirmed':
    'El servidor encara no ha confirmat el tancament de la sessió. Ho continuem provant. En un ordinador compartit, espereu fins que desaparegui aquest missatge.',
  'notice.idle':
    'Per la vostra seguretat, la sessió es tancarà quan passi aquest temps sense activitat: {duration}. La feina que no hàgiu desat es pot perdre llavors.',
  'notice.absolute': 'Encara que hi hagi activitat, una sessió no dura més de: {duration}.',
  'notice.unreachable':
    'Ara mateix no es pot connectar amb el servidor. Pot ser que el que feu ara no es desi.',
  'notice.refused':
    'Ara mateix el servidor no accepta les peticions d’aquesta pàgina. Pot ser que el que feu ara no es desi.',
}
