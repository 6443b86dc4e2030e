import type { Refusals } from './refusal.ts'

/** What any request can meet: a fault in what was asked, no right to it, nobody there to answer. */
export const askingRefusals = {
  'request.invalid': {
    status: 400,
    fi: 'Pyynnön tiedoissa on virhe. Korjaa merkityt kohdat ja lähetä uudelleen.',
    sv: 'Uppgifterna i begäran är felaktiga. Rätta de markerade fälten och skicka på nytt.',
    en: 'Something in the request is wrong. Correct the marked parts and send it again.',
  },
  'request.method_unknown': {
    status: 405,
    fi: 'Palvelu ei tunne tällaista pyyntöä. Päivitä sivu ja yritä uudelleen.',
    sv: 'Tjänsten känner inte till en sådan begäran. Uppdatera sidan och försök igen.',
    en: 'The service does not know this kind of request. Refresh the page and try again.',
  },
  'request.body_unexpected': {
    status: 400,
    fi: 'Pyynnössä oli sisältöä, jota tällaisessa pyynnössä ei voi olla. Päivitä sivu ja yritä uudelleen.',
    sv: 'Begäran hade ett innehåll som en sådan begäran inte kan ha. Uppdatera sidan och försök igen.',
    en: 'The request carried a body, which a request of this kind cannot have. Refresh the page and try again.',
  },
  'request.not_found': {
    status: 404,
    fi: 'Kohdetta ei ole, tai sinulla ei ole oikeutta siihen. Palaa listaan ja päivitä se.',
    sv: 'Objektet finns inte eller så har du inte rätt till det. Gå tillbaka till listan och uppdatera den.',
    en: 'There is no such thing, or you have no right to it. Go back to the list and refresh it.',
  },
  'request.key_reused': {
    status: 422,
    fi: 'Samalla tunnisteella on jo lähetetty toinen pyyntö. Päivitä sivu ja yritä uudelleen.',
    sv: 'En annan begäran har redan skickats med samma nyckel. Uppdatera sidan och försök igen.',
    en: 'Another request was already sent under this key. Refresh the page and try again.',
  },
  'request.cancelled': {
    status: 409,
    fi: 'Lähetys on peruttu, eikä mitään tallennettu. Lähetä uudelleen, jos se sittenkin on tehtävä.',
    sv: 'Sändningen har avbrutits och inget sparades. Skicka på nytt om den ändå ska göras.',
    en: 'This request was cancelled and nothing was stored. Send it again if it is to be done after all.',
  },
  'request.too_large': {
    status: 413,
    fi: 'Pyyntö on liian suuri. Jaa se pienempiin osiin.',
    sv: 'Begäran är för stor. Dela upp den i mindre delar.',
    en: 'The request is too large. Split it into smaller parts.',
  },
  'request.too_many': {
    status: 429,
    fi: 'Pyyntöjä tuli liian monta peräkkäin. Odota hetki ja yritä uudelleen.',
    sv: 'Det kom för många förfrågningar i följd. Vänta en stund och försök igen.',
    en: 'Too many requests in a row. Wait a moment and try again.',
  },
  'session.none': {
    status: 401,
    fi: 'Et ole kirjautunut tai istunto on päättynyt. Kirjaudu uudelleen; keskeneräinen lähetys jatkuu siitä, mihin se jäi.',
    sv: 'Du är inte inloggad eller så har sessionen gått ut. Logga in igen; en påbörjad sändning fortsätter där den blev.',
    en: 'You are not signed in, or the session has ended. Sign in again; an unfinished upload goes on from where it stopped.',
  },
  'session.forged': {
    status: 403,
    fi: 'Pyyntöä ei voitu yhdistää istuntoosi. Päivitä sivu ja yritä uudelleen.',
    sv: 'Begäran kunde inte kopplas till din session. Uppdatera sidan och försök igen.',
    en: 'The request could not be tied to your session. Refresh the page and try again.',
  },
  'right.missing': {
    status: 403,
    fi: 'Roolisi ei riitä tähän toimintoon. Pyydä oikeus esihenkilöltäsi.',
    sv: 'Din roll räcker inte för den här åtgärden. Be din chef om behörighet.',
    en: 'Your role does not allow this. Ask your manager for the right.',
  },
  'service.unavailable': {
    status: 503,
    fi: 'Palvelu on hetken poissa käytöstä, eikä mitään tallennettu. Yritä uudelleen hetken kuluttua.',
    sv: 'Tjänsten är tillfälligt ur bruk och inget sparades. Försök igen om en stund.',
    en: 'The service is out of reach for the moment and nothing was stored. Try again shortly.',
  },
  'service.busy': {
    status: 503,
    fi: 'Palvelussa on juuri nyt ruuhkaa, eikä pyyntöäsi ehditty käsitellä. Yritä uudelleen hetken kuluttua.',
    sv: 'Tjänsten är just nu överbelastad och hann inte behandla din begäran. Försök igen om en stund.',
    en: 'The service is busy and could not get to your request. Try again in a moment.',
  },
  'service.no_room': {
    status: 503,
    fi: 'Palvelussa ei ole juuri nyt tilaa uusille tiedostoille, eikä mitään tallennettu. Yritä myöhemmin uudelleen ja ilmoita asiasta tukeen.',
    sv: 'Tjänsten har just nu inte plats för nya filer och inget sparades. Försök igen senare och meddela supporten.',
    en: 'The service has no room for new files at the moment and nothing was stored. Try again later and tell support.',
  },
  internal: {
    status: 500,
    fi: 'Odottamaton virhe. Yritä uudelleen; jos virhe toistuu, ilmoita viitenumero tukeen.',
    sv: 'Ett oväntat fel inträffade. Försök igen; om felet upprepas, meddela supporten referensnumret.',
    en: 'Something unexpected went wrong. Try again; if it happens again, give the reference to support.',
  },
} as const satisfies Refusals
