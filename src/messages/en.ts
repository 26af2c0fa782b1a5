import type { Messages } from './Messages.js'

/** English, the built-in language. */
export const en: Messages = {
  language: 'en',
  'warning.title': "You're about to be signed out",
  'warning.text':
    "For your security, we sign you out when you haven't been active for a while. Work that you haven't saved may be lost.",
  'warning.countdown': "You'll be signed out {time}.",
  'warning.now': "You're being signed out.",
  'warning.stay': 'Stay signed in',
  'warning.signOut': 'Sign out',
  'warning.pending': 'Keeping you signed in…',
  'warning.failed':
    "We couldn't reach the server, so you aren't signed in for longer yet. We keep trying; you can try again yourself, too.",
  'warning.stayed': "You're still signed in.",
  'absolute.title': 'Your session is about to end',
  'absolute.text':
    "For your security, a session lasts only so long, and this one can't be extended. Save your work now. You can sign in again straight afterwards.",
  'absolute.countdown': 'Your session ends {time}.',
  'absolute.dismiss': 'Continue and save',
  'expired.idle.title': "You've been signed out",
  'expired.idle.text':
    "You hadn't been active for a while, so we signed you out to keep your information safe.",
  'expired.absolute.title': 'Your session has ended',
  'expired.absolute.text':
    "A session lasts only so long, even while you're working, and this one reached its limit.",
  'expired.revoked.title': 'Your session was ended',
  'expired.revoked.text':
    'The service ended your session, for instance because your password or your permissions changed.',
  'expired.signed-out.title': "You've signed out",
  'expired.signed-out.text': 'You signed out here, or in another tab or window.',
  'expired.unreachable.title': "You've been signed out",
  'expired.unreachable.text':
    "We couldn't reach the server when your session was due to end, so we closed this page to keep your information safe. Check your connection, then sign in again.",
  'expired.unknown.title': "You've been signed out",
  'expired.unknown.text': 'Your session is no longer valid.',
  'expired.pleaseSignIn.title': 'Please sign in',
  'expired.pleaseSignIn.text': 'Sign in to open this page.',
  'expired.lost': "Work that you hadn't saved may be lost.",
  'expired.kept': 'What you were doing here is kept, and comes back when you sign in again.',
  'expired.signInAgain': 'Sign in again',
  'expired.signIn': 'Sign in',
  'expired.unconfirmed':
    "The server hasn't confirmed yet that you've signed out. We keep trying. On a shared computer, stay until this message has gone.",
  'notice.idle':
    "For your security, you'll be signed out when you haven't been active for this long: {duration}. Work that you haven't saved may then be lost.",
  'notice.absolute': "Even while you're active, a session lasts no longer than this: {duration}.",
  'notice.unreachable':
    "The server can't be reached at the moment. What you do now may not be saved.",
  'notice.refused':
    "The server doesn't accept this page's requests at the moment. What you do now may not be saved.",
}
