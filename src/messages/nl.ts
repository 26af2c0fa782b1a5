import type { Messages } from './Messages.js'

/** Dutch. */
export const nl: Messages = {
  language: 'nl',
  'warning.title': 'U wordt zo uitgelogd',
  'warning.text':
    'Voor uw veiligheid loggen we u uit als u een tijdje niet actief bent geweest. Werk dat u niet hebt opgeslagen, kan verloren gaan.',
  'warning.countdown': 'U wordt {time} uitgelogd.',
  'warning.now': 'U wordt nu uitgelogd.',
  'warning.stay': 'Ingelogd blijven',
  'warning.signOut': 'Uitloggen',
  'warning.pending': 'Uw sessie wordt verlengd…',
  'warning.failed':
    'De server was niet bereikbaar, dus uw sessie is nog niet verlengd. We blijven het proberen; u kunt het ook zelf opnieuw proberen.',
  'warning.stayed': 'U bent nog steeds ingelogd.',
  'absolute.title': 'Uw sessie loopt zo af',
  'absolute.text':
    'Voor uw veiligheid duurt een sessie maar een bepaalde tijd, en deze kan niet worden verlengd. Sla uw werk nu op. Daarna kunt u meteen weer inloggen.',
  'absolute.countdown': 'Uw sessie loopt {time} af.',
  'absolute.dismiss': 'Doorgaan en opslaan',
  'expired.idle.title': 'U bent uitgelogd',
  'expired.idle.text':
    'U was een tijdje niet actief. Om uw gegevens te beschermen hebben we u uitgelogd.',
  'expired.absolute.title': 'Uw sessie is afgelopen',
  'expired.absolute.text':
    'Een sessie duurt maar een bepaalde tijd, ook terwijl u werkt, en deze heeft haar limiet bereikt.',
  'expired.revoked.title': 'Uw sessie is beëindigd',
  'expired.revoked.text':
    'De dienst heeft uw sessie beëindigd, bijvoorbeeld omdat uw wachtwoord of uw rechten zijn gewijzigd.',
  'expired.signed-out.title': 'U hebt uitgelogd',
  'expired.signed-out.text': 'U hebt hier of in een ander tabblad of venster uitgelogd.',
  'expired.unreachable.title': 'U bent uitgelogd',
  'expired.unreachable.text':
    'De server was niet bereikbaar toen uw sessie zou aflopen. Om uw gegevens te beschermen hebben we deze pagina gesloten. Controleer uw verbinding en log daarna opnieuw in.',
  'expired.unknown.title': 'U bent uitgelogd',
  'expired.unknown.text': 'Uw sessie is niet meer geldig.',
  'expired.pleaseSignIn.title': 'Log in',
  'expired.pleaseSignIn.text': 'Log in om deze pagina te openen.',
  'expired.lost': 'Werk dat u niet had opgeslagen, kan verloren zijn.',
  'expired.kept': 'Waar u hier mee bezig was, blijft bewaard en komt terug als u opnieuw inlogt.',
  'expired.signInAgain': 'Opnieuw inloggen',
  'expired.signIn': 'Inloggen',
  'expired.unconfirmed':
    'De server heeft nog niet bevestigd dat u bent uitgelogd. We blijven het proberen. Blijf op een gedeelde computer tot deze melding verdwenen is.',
  'notice.idle':
    'Voor uw veiligheid wordt u uitgelogd als u zo lang niet actief bent geweest: {duration}. Werk dat u niet hebt opgeslagen, kan dan verloren gaan.',
  'notice.absolute': 'Ook als u actief bent, duurt een sessie niet langer dan: {duration}.',
  'notice.unreachable':
    'De server is op dit moment niet bereikbaar. Wat u nu doet, wordt misschien niet opgeslagen.',
  'notice.refused':
    'De server aanvaardt op dit moment geen verzoeken van deze pagina. Wat u nu doet, wordt misschien niet opgeslagen.',
}
