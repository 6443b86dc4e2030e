export type UiLanguage = 'fi' | 'sv'

/** What a person may be told on the way in, outside the web client. */
export type Sentence = 'unavailable' | 'noRoles' | 'cancelled' | 'expired' | 'failed' | 'noClient'

type Texts = Record<Sentence | 'title' | 'again' | 'reference', string>

const texts: Record<UiLanguage, Texts> = {
  fi: {
    title: 'Kirjautuminen',
    again: 'Kirjaudu uudelleen',
    reference: 'Viitenumero',
    unavailable: 'Kirjautumispalveluun ei juuri nyt saada yhteyttä. Odota hetki ja yritä uudelleen.',
    noRoles:
      'Sinulle ei ole annettu yhtään roolia Tasaimessa. Pyydä rooli esihenkilöltäsi ja kirjaudu sitten uudelleen.',
    cancelled: 'Kirjautuminen keskeytettiin. Voit aloittaa sen uudelleen.',
    expired: 'Kirjautuminen kesti liian kauan tai se aloitettiin toisessa ikkunassa. Aloita se uudelleen.',
    failed: 'Kirjautuminen ei onnistunut. Yritä uudelleen; jos virhe toistuu, ilmoita viitenumero tukeen.',
    noClient: 'Verkkosovellusta ei ole vielä rakennettu. Odota hetki ja lataa sivu uudelleen.',
  },
  sv: {
    title: 'Inloggning',
    again: 'Logga in igen',
    reference: 'Referensnummer',
    unavailable: 'Inloggningstjänsten kan inte nås just nu. Vänta en stund och försök igen.',
    noRoles: 'Du har ingen roll i Tasain. Be din chef om en roll och logga sedan in på nytt.',
    cancelled: 'Inloggningen avbröts. Du kan börja om.',
    expired: 'Inloggningen tog för lång tid eller påbörjades i ett annat fönster. Börja om.',
    failed: 'Inloggningen misslyckades. Försök igen; om felet upprepas, meddela supporten referensnumret.',
    noClient: 'Webbapplikationen har inte byggts ännu. Vänta en stund och ladda om sidan.',
  },
}

/** A whole page that says one sentence, with a way on. Nothing from the request stands in it. */
export function renderSentence(sentence: Sentence, language: UiLanguage, reference?: string): string {
  const say = texts[language]
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${say.title} – Tasain</title></head>
<body>
<main>
<h1>${say.title}</h1>
<p>${say[sentence]}</p>
${reference === undefined ? '' : `<p>${say.reference}: ${reference}</p>\n`}<p><a href="/sign-in?language=${language}">${say.again}</a></p>
</main>
</body>
</html>
`
}
