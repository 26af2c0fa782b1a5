import type { Messages } from './Messages.js'

/** Portuguese as in Brazil. */
export const ptBR: Messages = {
  language: 'pt-BR',
  'warning.title': 'Sua sessão está prestes a ser encerrada',
  'warning.text':
    'Para sua segurança, encerramos a sessão após algum tempo sem atividade. O trabalho que você não salvou pode ser perdido.',
  'warning.countdown': 'Sua sessão será encerrada {time}.',
  'warning.now': 'Sua sessão está sendo encerrada.',
  'warning.stay': 'Continuar conectado',
  'warning.signOut': 'Sair',
  'warning.pending': 'Mantendo você conectado…',
  'warning.failed':
    'Não conseguimos acessar o servidor, então sua sessão ainda não foi prorrogada. Continuamos tentando; você também pode tentar novamente.',
  'warning.stayed': 'Você continua conectado.',
  'absolute.title': 'Sua sessão está prestes a terminar',
  'absolute.text':
    'Para sua segurança, uma sessão dura um tempo limitado, e esta não pode ser prorrogada. Salve seu trabalho agora. Você poderá entrar novamente logo em seguida.',
  'absolute.countdown': 'Sua sessão termina {time}.',
  'absolute.dismiss': 'Continuar e salvar',
  'expired.idle.title': 'Sua sessão foi encerrada',
  'expired.idle.text':
    'Você ficou algum tempo sem atividade, então encerramos a sessão para proteger suas informações.',
  'expired.absolute.title': 'Sua sessão terminou',
  'expired.absolute.text':
    'Uma sessão dura um tempo limitado, mesmo enquanto você trabalha, e esta chegou ao limite.',
  'expired.revoked.title': 'Sua sessão foi interrompida',
  'expired.revoked.text':
    'O serviço interrompeu sua sessão, por exemplo porque sua senha ou suas permissões mudaram.',
  'expired.signed-out.title': 'Você saiu',
  'expired.signed-out.text': 'Você saiu aqui, ou em outra guia ou janela.',
  'expired.unreachable.title': 'Sua sessão foi encerrada',
  'expired.unreachable.text':
    'Não conseguimos acessar o servidor quando sua sessão deveria terminar, então fechamos esta página para proteger suas informações. Verifique sua conexão e entre novamente.',
  'expired.unknown.title': 'Sua sessão foi encerrada',
  'expired.unknown.text': 'Sua sessão não é mais válida.',
  'expired.pleaseSignIn.title': 'Entre na sua conta',
  'expired.pleaseSignIn.text': 'Entre na sua conta para abrir esta página.',
  'expired.lost': 'O trabalho que você não havia salvado pode ter sido perdido.',
  'expired.kept':
    'O que você estava fazendo aqui foi mantido e voltará quando você entrar novamente.',
  'expired.signInAgain': 'Entrar novamente',
  'expired.signIn': 'Entrar',
  'expired.unconfirmed':
    'O servidor ainda não confirmou sua saída. Continuamos tentando. Em um computador compartilhado, fique até esta mensagem desaparecer.',
  'notice.idle':
    'Para sua segurança, sua sessão será encerrada após este tempo sem atividade: {duration}. O trabalho que você não salvou pode então ser perdido.',
  'notice.absolute': 'Mesmo com atividade, uma sessão não dura mais que: {duration}.',
  'notice.unreachable':
    'O servidor não pode ser acessado no momento. O que você fizer agora talvez não seja salvo.',
  'notice.refused':
    'O servidor não está aceitando as solicitações desta página no momento. O que você fizer agora talvez não seja salvo.',
}
