import type { Messages } from './Messages.js'

/** Welsh. */
export const cy: Messages = {
  language: 'cy',
  'warning.title': 'Rydych ar fin cael eich allgofnodi',
  'warning.text':
    'Er eich diogelwch, rydym yn eich allgofnodi pan na fyddwch wedi bod yn weithredol ers tro. Efallai y collir gwaith nad ydych wedi’i gadw.',
  'warning.countdown': 'Cewch eich allgofnodi {time}.',
  'warning.now': 'Rydych yn cael eich allgofnodi nawr.',
  'warning.stay': 'Aros wedi mewngofnodi',
  'warning.signOut': 'Allgofnodi',
  'warning.pending': 'Wrthi’n eich cadw wedi mewngofnodi…',
  'warning.failed':
    'Nid oedd modd cyrraedd y gweinydd, felly nid yw eich sesiwn wedi’i hymestyn eto. Rydym yn dal i geisio; gallwch chithau roi cynnig arall arni hefyd.',
  'warning.stayed': 'Rydych yn dal wedi mewngofnodi.',
  'absolute.title': 'Mae eich sesiwn ar fin dod i ben',
  'absolute.text':
    'Er eich diogelwch, dim ond am hyn a hyn y mae sesiwn yn para, ac ni ellir ymestyn yr un hon. Cadwch eich gwaith nawr. Gallwch fewngofnodi eto yn syth wedyn.',
  'absolute.countdown': 'Daw eich sesiwn i ben {time}.',
  'absolute.dismiss': 'Parhau a chadw',
  'expired.idle.title': 'Rydych wedi cael eich allgofnodi',
  'expired.idle.text':
    'Nid oeddech wedi bod yn weithredol ers tro, felly gwnaethom eich allgofnodi i gadw eich gwybodaeth yn ddiogel.',
  'expired.absolute.title': 'Mae eich sesiwn wedi dod i ben',
  'expired.absolute.text':
    'Dim ond am hyn a hyn y mae sesiwn yn para, hyd yn oed tra byddwch yn gweithio, ac mae’r un hon wedi cyrraedd ei therfyn.',
  'expired.revoked.title': 'Cafodd eich sesiwn ei therfynu',
  'expired.revoked.text':
    'Terfynodd y gwasanaeth eich sesiwn, er enghraifft am fod eich cyfrinair neu eich caniatâd wedi newid.',
  'expired.signed-out.title': 'Rydych wedi allgofnodi',
  'expired.signed-out.text': 'Gwnaethoch allgofnodi yma, neu mewn tab neu ffenestr arall.',
  'expired.unreachable.title': 'Rydych wedi cael eich allgofnodi',
  'expired.unreachable.text':
    'Nid oedd modd cyrraedd y gweinydd pan oedd eich sesiwn i fod i ddod i ben, felly gwnaethom gau’r dudalen hon i gadw eich gwybodaeth yn ddiogel. Gwiriwch eich cysylltiad, yna mewngofnodwch eto.',
  'expired.unknown.title': 'Rydych wedi cael eich allgofnodi',
  'expired.unknown.text': 'Nid yw eich sesiwn yn ddilys mwyach.',
  'expired.pleaseSignIn.title': 'Mewngofnodwch',
  'expired.pleaseSignIn.text': 'Mewngofnodwch i agor y dudalen hon.',
  'expired.lost': 'Efallai y collwyd gwaith nad oeddech wedi’i gadw.',
  'expired.kept':
    'Mae’r hyn yr oeddech yn ei wneud yma wedi’i gadw, a daw yn ôl pan fewngofnodwch eto.',
  'expired.signInAgain': 'Mewngofnodi eto',
  'expired.signIn': 'Mewngofnodi',
  'expired.unconfirmed':
    'Nid yw’r gweinydd wedi cadarnhau eto eich bod wedi allgofnodi. Rydym yn dal i geisio. Ar gyfrifiadur a rennir, arhoswch nes i’r neges hon ddiflannu.',
  'notice.idle':
    'Er eich diogelwch, cewch eich allgofnodi pan na fyddwch wedi bod yn weithredol am yr amser hwn: {duration}. Efallai y collir wedyn waith nad ydych wedi’i gadw.',
  'notice.absolute':
    'Hyd yn oed os ydych yn weithredol, nid yw sesiwn yn para’n hirach na hyn: {duration}.',
  'notice.unreachable':
    'Nid oes modd cyrraedd y gweinydd ar hyn o bryd. Efallai na chaiff yr hyn a wnewch nawr ei gadw.',
  // Chromium has no data for Welsh. The noun stays in the singular and softens after two only.
  relativeTime: {
    minute: { 2: 'ymhen {n} funud', other: 'ymhen {n} munud' },
    second: { other: 'ymhen {n} eiliad' },
  },
  duration: {
    hour: { other: '{n} awr' },
    minute: { 2: '{n} funud', other: '{n} munud' },
  },
  'notice.refused':
    'Nid yw’r gweinydd yn derbyn ceisiadau’r dudalen hon ar hyn o bryd. Efallai na chaiff yr hyn a wnewch nawr ei gadw.',
}
