import type { Messages } from './Messages.js'

/** Portuguese as in Portugal. */
export const ptPT: Messages = {
  language: 'pt-PT',
  'warning.title': 'A sua sessão está prestes a ser terminada',
  'warning.text':
    'Para sua segurança, terminamos a sessão após algum tempo sem atividade. O trabalho que não guardou pode perder-se.',
  'warning.countdown': 'A sua sessão será terminada {time}.',
  'warning.now': 'A sua sessão está a ser terminada.',
  'warning.stay': 'Manter a sessão',
  'warning.signOut': 'Terminar sessão',
  'warning.pending': 'A manter a sua sessão…',
  'warning.failed':
    'Não conseguimos contactar o servidor, pelo que a sua sessão ainda não foi prolongada. Continuamos a tentar; também pode tentar novamente.',
  'warning.stayed': 'A sua sessão continua aberta.',
  'absolute.title': 'A sua sessão está prestes a acabar',
  'absolute.text':
    'Para sua segurança, uma sessão tem uma duração limitada, e esta não pode ser prolongada. Guarde agora o seu trabalho. Logo a seguir poderá iniciar sessão novamente.',
  'absolute.countdown': 'A sua sessão acaba {time}.',
  'absolute.dismiss': 'Continuar e guardar',
  'expired.idle.title': 'A sua sessão foi terminada',
  'expired.idle.text':
    'Esteve algum tempo sem atividade, pelo que terminámos a sessão para proteger as suas informações.',
  'expired.absolute.title': 'A sua sessão acabou',
  'expired.absolute.text':
    'Uma sessão tem uma duração limitada, mesmo enquanto trabalha, e esta chegou ao limite.',
  'expired.revoked.title': 'A sua sessão foi interrompida',
  'expired.revoked.text':
    'O serviço interrompeu a sua sessão, por exemplo porque a sua palavra-passe ou as suas permissões mudaram.',
  'expired.signed-out.title': 'Terminou a sessão',
  'expired.signed-out.text': 'Terminou a sessão aqui, ou noutro separador ou janela.',
  'expired.unreachable.title': 'A sua sessão foi terminada',
  'expired.unreachable.text':
    'Não conseguimos contactar o servidor quando a sua sessão devia acabar, pelo que fechámos esta página para proteger as suas informações. Verifique a ligação e inicie sessão novamente.',
  'expired.unknown.title': 'A sua sessão foi terminada',
  'expired.unknown.text': 'A sua sessão já não é válida.',
  'expired.pleaseSignIn.title': 'Inicie sessão',
  'expired.pleaseSignIn.text': 'Inicie sessão para abrir esta página.',
  'expired.lost': 'O trabalho que não tinha guardado pode ter-se perdido.',
  'expired.kept':
    'O que estava a fazer aqui foi mantido e voltará quando iniciar sessão novamente.',
  'expired.signInAgain': 'Iniciar sessão novamente',
  'expired.signIn': 'Iniciar sessão',
  'expired.unconfirmed':
    'O servidor ainda não confirmou o fim da sessão. Continuamos a tentar. Num computador partilhado, fique até esta mensagem desaparecer.',
  'notice.idle':
    'Para sua segurança, a sessão será terminada após este tempo sem atividade: {duration}. O trabalho que não guardou pode então perder-se.',
  'notice.absolute': 'Mesmo com atividade, uma sessão não dura mais do que: {duration}.',
  'notice.unreachable':
    'De momento não é possível contactar o servidor. O que fizer agora pode não ficar guardado.',
  'notice.refused':
    'De momento o servidor não aceita os pedidos desta página. O que fizer agora pode não ficar guardado.',
}
