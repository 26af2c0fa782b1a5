import type { Messages } from './Messages.js'

/** French. */
export const fr: Messages = {
  language: 'fr',
  'warning.title': 'Vous allez bientôt être déconnecté',
  'warning.text':
    'Pour votre sécurité, nous vous déconnectons après un moment d’inactivité. Le travail non enregistré peut être perdu.',
  'warning.countdown': 'Vous serez déconnecté {time}.',
  'warning.now': 'Déconnexion en cours.',
  'warning.stay': 'Rester connecté',
  'warning.signOut': 'Se déconnecter',
  'warning.pending': 'Prolongation de votre session…',
  'warning.failed':
    'Le serveur est injoignable : votre session n’est pas encore prolongée. Nous continuons d’essayer ; vous pouvez aussi réessayer vous-même.',
  'warning.stayed': 'Vous êtes toujours connecté.',
  'absolute.title': 'Votre session va bientôt se terminer',
  'absolute.text':
    'Pour votre sécurité, la durée d’une session est limitée, et celle-ci ne peut pas être prolongée. Enregistrez votre travail maintenant. Vous pourrez vous reconnecter aussitôt après.',
  'absolute.countdown': 'Votre session se termine {time}.',
  'absolute.dismiss': 'Continuer et enregistrer',
  'expired.idle.title': 'Vous avez été déconnecté',
  'expired.idle.text':
    'Vous étiez inactif depuis un moment : nous vous avons déconnecté pour protéger vos informations.',
  'expired.absolute.title': 'Votre session est terminée',
  'expired.absolute.text':
    'La durée d’une session est limitée, même pendant que vous travaillez, et celle-ci a atteint sa limite.',
  'expired.revoked.title': 'Votre session a été fermée',
  'expired.revoked.text':
    'Le service a mis fin à votre session, par exemple parce que votre mot de passe ou vos droits ont changé.',
  'expired.signed-out.title': 'Vous vous êtes déconnecté',
  'expired.signed-out.text':
    'Vous vous êtes déconnecté ici, dans un autre onglet ou dans une autre fenêtre.',
  'expired.unreachable.title': 'Vous avez été déconnecté',
  'expired.unreachable.text':
    'Le serveur était injoignable au moment où votre session devait se terminer : nous avons fermé cette page pour protéger vos informations. Vérifiez votre connexion, puis reconnectez-vous.',
  'expired.unknown.title': 'Vous avez été déconnecté',
  'expired.unknown.text': 'Votre session n’est plus valide.',
  'expired.pleaseSignIn.title': 'Veuillez vous connecter',
  'expired.pleaseSignIn.text': 'Connectez-vous pour ouvrir cette page.',
  'expired.lost': 'Le travail que vous n’aviez pas enregistré est peut-être perdu.',
  'expired.kept':
    'Ce que vous faisiez ici est conservé et reviendra lorsque vous vous reconnecterez.',
  'expired.signInAgain': 'Se reconnecter',
  'expired.signIn': 'Se connecter',
  'expired.unconfirmed':
    'Le serveur n’a pas encore confirmé votre déconnexion. Nous continuons d’essayer. Sur un ordinateur partagé, restez jusqu’à ce que ce message disparaisse.',
  'notice.idle':
    'Pour votre sécurité, vous serez déconnecté après cette durée d’inactivité : {duration}. Le travail non enregistré peut alors être perdu.',
  'notice.absolute':
    'Même si vous êtes actif, une session ne dure pas plus longtemps que : {duration}.',
  'notice.unreachable':
    'Le serveur est injoignable pour le moment. Ce que vous faites maintenant ne sera peut-être pas enregistré.',
  'notice.refused':
    'Le serveur refuse pour le moment les requêtes de cette page. Ce que vous faites maintenant ne sera peut-être pas enregistré.',
}
