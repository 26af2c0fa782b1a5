import type { Messages } from './Messages.js'

/** Spanish. */
export const es: Messages = {
  language: 'es',
  'warning.title': 'Su sesión está a punto de cerrarse',
  'warning.text':
    'Por su seguridad, cerramos la sesión tras un tiempo sin actividad. El trabajo que no haya guardado puede perderse.',
  'warning.countdown': 'Su sesión se cerrará {time}.',
  'warning.now': 'Su sesión se está cerrando.',
  'warning.stay': 'Mantener la sesión',
  'warning.signOut': 'Cerrar sesión',
  'warning.pending': 'Manteniendo su sesión…',
  'warning.failed':
    'No hemos podido conectar con el servidor, así que su sesión aún no se ha prolongado. Seguimos intentándolo; también puede volver a intentarlo usted.',
  'warning.stayed': 'Su sesión sigue abierta.',
  'absolute.title': 'Su sesión está a punto de terminar',
  'absolute.text':
    'Por su seguridad, las sesiones tienen una duración limitada y esta no se puede prolongar. Guarde ahora su trabajo. Podrá volver a iniciar sesión justo después.',
  'absolute.countdown': 'Su sesión termina {time}.',
  'absolute.dismiss': 'Continuar y guardar',
  'expired.idle.title': 'Se ha cerrado su sesión',
  'expired.idle.text':
    'Llevaba un tiempo sin actividad, así que hemos cerrado la sesión para proteger su información.',
  'expired.absolute.title': 'Su sesión ha terminado',
  'expired.absolute.text':
    'Las sesiones tienen una duración limitada, aunque esté trabajando, y esta ha llegado a su límite.',
  'expired.revoked.title': 'Se ha puesto fin a su sesión',
  'expired.revoked.text':
    'El servicio ha puesto fin a su sesión, por ejemplo porque han cambiado su contraseña o sus permisos.',
  'expired.signed-out.title': 'Ha cerrado la sesión',
  'expired.signed-out.text': 'Ha cerrado la sesión aquí, o en otra pestaña o ventana.',
  'expired.unreachable.title': 'Se ha cerrado su sesión',
  'expired.unreachable.text':
    'No hemos podido conectar con el servidor cuando su sesión debía terminar, así que hemos cerrado esta página para proteger su información. Compruebe su conexión y vuelva a iniciar sesión.',
  'expired.unknown.title': 'Se ha cerrado su sesión',
  'expired.unknown.text': 'Su sesión ya no es válida.',
  'expired.pleaseSignIn.title': 'Inicie sesión',
  'expired.pleaseSignIn.text': 'Inicie sesión para abrir esta página.',
  'expired.lost': 'El trabajo que no había guardado puede haberse perdido.',
  'expired.kept':
    'Lo que estaba haciendo aquí se conserva y volverá cuando inicie sesión de nuevo.',
  'expired.signInAgain': 'Volver a iniciar sesión',
  'expired.signIn': 'Iniciar sesión',
  'expired.unconfirmed':
    'El servidor aún no ha confirmado el cierre de la sesión. Seguimos intentándolo. En un ordenador compartido, espere hasta que desaparezca este mensaje.',
  'notice.idle':
    'Por su seguridad, la sesión se cerrará cuando pase este tiempo sin actividad: {duration}. El trabajo que no haya guardado puede perderse entonces.',
  'notice.absolute': 'Aunque haya actividad, una sesión no dura más de: {duration}.',
  'notice.unreachable':
    'En este momento no se puede conectar con el servidor. Es posible que lo que haga ahora no se guarde.',
  'notice.refused':
    'En este momento el servidor no acepta las peticiones de esta página. Es posible que lo que haga ahora no se guarde.',
}
