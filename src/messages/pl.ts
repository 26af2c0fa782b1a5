import type { Messages } from './Messages.js'

/** Polish. */
export const pl: Messages = {
  language: 'pl',
  'warning.title': 'Za chwilę nastąpi wylogowanie',
  'warning.text':
    'Dla bezpieczeństwa wylogowujemy po pewnym czasie braku aktywności. Niezapisana praca może zostać utracona.',
  'warning.countdown': 'Wylogowanie nastąpi {time}.',
  'warning.now': 'Trwa wylogowywanie.',
  'warning.stay': 'Pozostań w systemie',
  'warning.signOut': 'Wyloguj się',
  'warning.pending': 'Przedłużamy sesję…',
  'warning.failed':
    'Nie udało się połączyć z serwerem, więc sesja nie została jeszcze przedłużona. Próbujemy dalej; można też spróbować ponownie samodzielnie.',
  'warning.stayed': 'Sesja nadal trwa.',
  'absolute.title': 'Sesja za chwilę się skończy',
  'absolute.text':
    'Dla bezpieczeństwa sesja trwa tylko określony czas, a tej nie można przedłużyć. Zapisz teraz swoją pracę. Zaraz potem możesz zalogować się ponownie.',
  'absolute.countdown': 'Sesja skończy się {time}.',
  'absolute.dismiss': 'Kontynuuj i zapisz',
  'expired.idle.title': 'Nastąpiło wylogowanie',
  'expired.idle.text':
    'Przez pewien czas nie było aktywności, więc dla ochrony Twoich danych nastąpiło wylogowanie.',
  'expired.absolute.title': 'Sesja się skończyła',
  'expired.absolute.text':
    'Sesja trwa tylko określony czas, nawet podczas pracy, a ta osiągnęła swój limit.',
  'expired.revoked.title': 'Sesja została zakończona',
  'expired.revoked.text':
    'Serwis zakończył sesję, na przykład dlatego, że zmieniły się hasło lub uprawnienia.',
  'expired.signed-out.title': 'Wylogowano',
  'expired.signed-out.text': 'Wylogowanie nastąpiło tutaj albo w innej karcie lub oknie.',
  'expired.unreachable.title': 'Nastąpiło wylogowanie',
  'expired.unreachable.text':
    'Gdy sesja miała się skończyć, nie udało się połączyć z serwerem, więc dla ochrony Twoich danych strona została zamknięta. Sprawdź połączenie, a potem zaloguj się ponownie.',
  'expired.unknown.title': 'Nastąpiło wylogowanie',
  'expired.unknown.text': 'Sesja nie jest już ważna.',
  'expired.pleaseSignIn.title': 'Zaloguj się',
  'expired.pleaseSignIn.text': 'Zaloguj się, aby otworzyć tę stronę.',
  'expired.lost': 'Niezapisana praca mogła zostać utracona.',
  'expired.kept': 'To, nad czym tu pracujesz, jest zachowane i wróci po ponownym zalogowaniu.',
  'expired.signInAgain': 'Zaloguj się ponownie',
  'expired.signIn': 'Zaloguj się',
  'expired.unconfirmed':
    'Serwer nie potwierdził jeszcze wylogowania. Próbujemy dalej. Przy wspólnym komputerze zaczekaj, aż ten komunikat zniknie.',
  'notice.idle':
    'Dla bezpieczeństwa wylogowanie nastąpi po takim czasie braku aktywności: {duration}. Niezapisana praca może wtedy zostać utracona.',
  'notice.absolute': 'Nawet podczas pracy sesja nie trwa dłużej niż: {duration}.',
  'notice.unreachable':
    'Serwer jest w tej chwili niedostępny. To, co teraz zrobisz, może nie zostać zapisane.',
  'notice.refused':
    'Serwer nie przyjmuje w tej chwili żądań tej strony. To, co teraz zrobisz, może nie zostać zapisane.',
}
