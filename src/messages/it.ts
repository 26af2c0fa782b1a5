import type { Messages } from './Messages.js'

/** Italian. */
export const it: Messages = {
  language: 'it',
  'warning.title': 'La sessione sta per essere chiusa',
  'warning.text':
    'Per la tua sicurezza, chiudiamo la sessione dopo un periodo di inattività. Il lavoro non salvato potrebbe andare perso.',
  'warning.countdown': 'La sessione verrà chiusa {time}.',
  'warning.now': 'Chiusura della sessione in corso.',
  'warning.stay': 'Resta connesso',
  'warning.signOut': 'Esci',
  'warning.pending': 'Prolungamento della sessione…',
  'warning.failed':
    'Non siamo riusciti a raggiungere il server, quindi la sessione non è ancora stata prolungata. Continuiamo a provare; puoi riprovare anche tu.',
  'warning.stayed': 'La sessione è ancora attiva.',
  'absolute.title': 'La sessione sta per terminare',
  'absolute.text':
    'Per la tua sicurezza, una sessione ha una durata limitata e questa non può essere prolungata. Salva ora il tuo lavoro. Subito dopo potrai accedere di nuovo.',
  'absolute.countdown': 'La sessione termina {time}.',
  'absolute.dismiss': 'Continua e salva',
  'expired.idle.title': 'La sessione è stata chiusa',
  'expired.idle.text':
    'Non c’è stata attività per un po’, quindi abbiamo chiuso la sessione per proteggere le tue informazioni.',
  'expired.absolute.title': 'La sessione è terminata',
  'expired.absolute.text':
    'Una sessione ha una durata limitata, anche mentre lavori, e questa ha raggiunto il limite.',
  'expired.revoked.title': 'La sessione è stata interrotta',
  'expired.revoked.text':
    'Il servizio ha interrotto la sessione, ad esempio perché sono cambiate la password o le autorizzazioni.',
  'expired.signed-out.title': 'Sei uscito',
  'expired.signed-out.text': 'Sei uscito qui, oppure in un’altra scheda o finestra.',
  'expired.unreachable.title': 'La sessione è stata chiusa',
  'expired.unreachable.text':
    'Non siamo riusciti a raggiungere il server quando la sessione doveva terminare, quindi abbiamo chiuso questa pagina per proteggere le tue informazioni. Controlla la connessione e poi accedi di nuovo.',
  'expired.unknown.title': 'La sessione è stata chiusa',
  'expired.unknown.text': 'La sessione non è più valida.',
  'expired.pleaseSignIn.title': 'Accedi',
  'expired.pleaseSignIn.text': 'Accedi per aprire questa pagina.',
  'expired.lost': 'Il lavoro che non avevi salvato potrebbe essere andato perso.',
  'expired.kept': 'Quello che stavi facendo qui è conservato e tornerà quando accederai di nuovo.',
  'expired.signInAgain': 'Accedi di nuovo',
  'expired.signIn': 'Accedi',
  'expired.unconfirmed':
    'Il server non ha ancora confermato l’uscita. Continuiamo a provare. Su un computer condiviso, resta finché questo messaggio non scompare.',
  'notice.idle':
    'Per la tua sicurezza, la sessione verrà chiusa dopo questo periodo di inattività: {duration}. Il lavoro non salvato potrebbe allora andare perso.',
  'notice.absolute': 'Anche se sei attivo, una sessione non dura più di: {duration}.',
  'notice.unreachable':
    'Al momento il server non è raggiungibile. Quello che fai adesso potrebbe non essere salvato.',
  'notice.refused':
    'Al momento il server non accetta le richieste di questa pagina. Quello che fai adesso potrebbe non essere salvato.',
}
