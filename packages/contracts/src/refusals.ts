// Every way a request can be refused: a stable code, the HTTP status, and what to do about it in the reader's words.

type Text = { fi: string; sv: string; en: string }
type Entry = Text & { status: number }

export const refusals = {
  'request.invalid': {
    status: 400,
    fi: 'Pyynnön tiedoissa on virhe. Korjaa merkityt kohdat ja lähetä uudelleen.',
    sv: 'Uppgifterna i begäran är felaktiga. Rätta de markerade fälten och skicka på nytt.',
    en: 'Something in the request is wrong. Correct the marked parts and send it again.',
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
  internal: {
    status: 500,
    fi: 'Odottamaton virhe. Yritä uudelleen; jos virhe toistuu, ilmoita viitenumero tukeen.',
    sv: 'Ett oväntat fel inträffade. Försök igen; om felet upprepas, meddela supporten referensnumret.',
    en: 'Something unexpected went wrong. Try again; if it happens again, give the reference to support.',
  },

  'batch.closed': {
    status: 409,
    fi: 'Erä on jo suljettu. Avaa uusi erä ja skannaa sivut siihen.',
    sv: 'Bunten är redan stängd. Öppna en ny bunt och skanna sidorna där.',
    en: 'The batch is already closed. Open a new batch and scan the pages into it.',
  },
  'batch.full': {
    status: 409,
    fi: 'Erässä on jo enimmäismäärä sivuja (300). Avaa uusi erä lopuille.',
    sv: 'Bunten har redan högsta antalet sidor (300). Öppna en ny bunt för resten.',
    en: 'The batch already holds the most pages allowed (300). Open a new batch for the rest.',
  },
  'batch.not_empty': {
    status: 409,
    fi: 'Erässä on jo sivuja, joten sitä ei voi hylätä. Sulje erä.',
    sv: 'Bunten innehåller redan sidor och kan därför inte kasseras. Stäng bunten.',
    en: 'The batch already holds pages, so it cannot be discarded. Close it.',
  },
  'batch.does_not_tally': {
    status: 409,
    fi: 'Laskettujen arkkien ja tallennettujen sivujen määrä ei täsmää. Skannaa puuttuvat sivut, korjaa arkkien määrä tai kirjoita syy.',
    sv: 'Antalet räknade ark och sparade sidor stämmer inte. Skanna de sidor som saknas, rätta antalet ark eller skriv en orsak.',
    en: 'The sheets counted and the pages stored do not agree. Scan what is missing, correct the count or write a reason.',
  },
  'batch.changed': {
    status: 409,
    fi: 'Erän sivut ovat muuttuneet sen jälkeen, kun katsoit niitä. Katso erä uudelleen.',
    sv: 'Buntens sidor har ändrats efter att du såg dem. Titta på bunten på nytt.',
    en: 'The pages of the batch have changed since you saw them. Look at the batch again.',
  },
  'batch.unknown_benefit': {
    status: 400,
    fi: 'Etuutta ei tunneta. Valitse etuus luettelosta.',
    sv: 'Förmånen är okänd. Välj förmån ur listan.',
    en: 'This benefit is not known. Choose a benefit from the list.',
  },

  'scan.missing_file': {
    status: 400,
    fi: 'Lähetyksessä ei ollut tiedostoa. Valitse skannattu tiedosto ja lähetä uudelleen.',
    sv: 'Sändningen innehöll ingen fil. Välj den skannade filen och skicka på nytt.',
    en: 'There was no file in the upload. Choose the scanned file and send it again.',
  },
  'scan.empty': {
    status: 422,
    fi: 'Tiedosto on tyhjä. Skannaa sivu uudelleen.',
    sv: 'Filen är tom. Skanna sidan på nytt.',
    en: 'The file is empty. Scan the page again.',
  },
  'scan.no_pages': {
    status: 422,
    fi: 'Tiedostossa ei ole yhtään sivua. Tallenna PDF uudelleen tai skannaa paperi.',
    sv: 'Filen innehåller inga sidor. Spara PDF-filen på nytt eller skanna papperet.',
    en: 'The file has no pages. Save the PDF again or scan the paper.',
  },
  'scan.unknown_type': {
    status: 415,
    fi: 'Tiedosto ei ole JPEG-, PNG-, TIFF- eikä PDF-tiedosto. Skannaa tai tallenna se johonkin näistä muodoista.',
    sv: 'Filen är inte en JPEG-, PNG-, TIFF- eller PDF-fil. Skanna eller spara den i något av dessa format.',
    en: 'The file is not a JPEG, PNG, TIFF or PDF. Scan it or save it in one of these formats.',
  },
  'scan.too_large_file': {
    status: 413,
    fi: 'Tiedosto on liian suuri (enintään 25 Mt). Skannaa pienemmällä tarkkuudella (300 dpi riittää) tai osissa.',
    sv: 'Filen är för stor (högst 25 MB). Skanna med lägre upplösning (300 dpi räcker) eller i delar.',
    en: 'The file is too large (at most 25 MB). Scan at a lower resolution (300 dpi is enough) or in parts.',
  },
  'scan.too_large_image': {
    status: 422,
    fi: 'Kuvassa on liikaa kuvapisteitä (enintään 80 miljoonaa). Skannaa sivu uudelleen tarkkuudella 300 dpi.',
    sv: 'Bilden har för många bildpunkter (högst 80 miljoner). Skanna sidan på nytt med 300 dpi.',
    en: 'The image has too many pixels (at most 80 million). Scan the page again at 300 dpi.',
  },
  'scan.too_many_pages': {
    status: 422,
    fi: 'Tiedostossa on liikaa sivuja (enintään 300). Jaa se pienempiin tiedostoihin.',
    sv: 'Filen har för många sidor (högst 300). Dela upp den i mindre filer.',
    en: 'The file has too many pages (at most 300). Split it into smaller files.',
  },
  'scan.encrypted': {
    status: 422,
    fi: 'PDF on suojattu salasanalla. Poista suojaus tai skannaa paperi.',
    sv: 'PDF-filen är skyddad med lösenord. Ta bort skyddet eller skanna papperet.',
    en: 'The PDF is protected by a password. Remove the protection or scan the paper.',
  },
  'scan.damaged': {
    status: 422,
    fi: 'Tiedosto on vaurioitunut, eikä sitä voi avata. Skannaa sivu uudelleen.',
    sv: 'Filen är skadad och kan inte öppnas. Skanna sidan på nytt.',
    en: 'The file is damaged and cannot be opened. Scan the page again.',
  },
  'scan.took_too_long': {
    status: 422,
    fi: 'Sivun käsittely kesti liian kauan ja se keskeytettiin. Skannaa sivu uudelleen tarkkuudella 300 dpi tai käsittele se käsin.',
    sv: 'Behandlingen av sidan tog för lång tid och avbröts. Skanna sidan på nytt med 300 dpi eller behandla den för hand.',
    en: 'The page took too long and was stopped. Scan it again at 300 dpi, or fill its fields by hand.',
  },
  'scan.out_of_memory': {
    status: 422,
    fi: 'Sivu vaatii liikaa muistia ja käsittely keskeytettiin. Skannaa sivu uudelleen tarkkuudella 300 dpi.',
    sv: 'Sidan kräver för mycket minne och behandlingen avbröts. Skanna sidan på nytt med 300 dpi.',
    en: 'The page needs too much memory and was stopped. Scan it again at 300 dpi.',
  },
  'scan.not_readable': {
    status: 422,
    fi: 'Sivua ei voitu lukea koneellisesti. Täytä kentät käsin sivun kuvan mukaan.',
    sv: 'Sidan kunde inte läsas maskinellt. Fyll i fälten för hand enligt sidans bild.',
    en: 'The page could not be read by machine. Fill in the fields by hand from its image.',
  },
  'scan.object_missing': {
    status: 410,
    fi: 'Sivun kuva puuttuu arkistosta. Skannaa paperi uudelleen ja ilmoita asiasta tukeen.',
    sv: 'Sidans bild saknas i arkivet. Skanna papperet på nytt och meddela supporten.',
    en: 'The image of the page is missing from the archive. Scan the paper again and tell support.',
  },
  'scan.not_waiting': {
    status: 409,
    fi: 'Skannaus on jo ratkaistu. Päivitä erä.',
    sv: 'Skanningen är redan avgjord. Uppdatera bunten.',
    en: 'This scan has already been settled. Refresh the batch.',
  },

  'application.changed': {
    status: 409,
    fi: 'Hakemus on muuttunut sen jälkeen, kun avasit sen. Avaa se uudelleen ja tarkista muutokset.',
    sv: 'Ansökan har ändrats efter att du öppnade den. Öppna den igen och kontrollera ändringarna.',
    en: 'The application has changed since you opened it. Open it again and check the changes.',
  },
  'application.handed_over': {
    status: 409,
    fi: 'Hakemus on jo luovutettu käsittelyyn, joten sen sivuja ei enää siirretä. Ota yhteys käsittelijään.',
    sv: 'Ansökan har redan lämnats till handläggning, så dess sidor flyttas inte längre. Kontakta handläggaren.',
    en: 'The application has been handed over, so its pages are no longer moved. Contact its handler.',
  },
  'application.same_pages': {
    status: 409,
    fi: 'Samat sivut näyttävät olevan erässä jo kerran. Ratkaise erän sivulla, ovatko ne kaksoiskappaleita.',
    sv: 'Samma sidor ser ut att finnas i bunten redan en gång. Avgör på buntens sida om de är dubbletter.',
    en: 'The same pages seem to be in the batch already. Decide on the page of the batch whether they are duplicates.',
  },
  'application.blank_pages': {
    status: 409,
    fi: 'Sivut näyttävät tyhjiltä. Ratkaise erän sivulla, ovatko ne tyhjiä.',
    sv: 'Sidorna ser tomma ut. Avgör på buntens sida om de är tomma.',
    en: 'The pages look blank. Decide on the page of the batch whether they are.',
  },
  'application.being_handled': {
    status: 409,
    fi: 'Hakemusta käsitellään jo. Ota yhteys käsittelijään korjausta varten.',
    sv: 'Ansökan behandlas redan. Kontakta handläggaren om en rättelse.',
    en: 'The application is already being handled. Contact its handler about a correction.',
  },
  'application.wrong_hetu': {
    status: 422,
    fi: 'Henkilötunnus ei täsmää: tarkistusmerkki tai syntymäaika on väärin. Tarkista tunnus sivun kuvasta.',
    sv: 'Personbeteckningen stämmer inte: kontrolltecknet eller födelsedatumet är fel. Kontrollera den på sidans bild.',
    en: 'The identity code does not add up: its check character or birth date is wrong. Check it from the page.',
  },
  'application.wrong_iban': {
    status: 422,
    fi: 'Tilinumero ei täsmää: tarkistusluku on väärin. Tarkista numero sivun kuvasta.',
    sv: 'Kontonumret stämmer inte: kontrollsiffran är fel. Kontrollera numret på sidans bild.',
    en: 'The account number does not add up: its check digits are wrong. Check it from the page.',
  },
  'application.wrong_date': {
    status: 422,
    fi: 'Päivämäärä ei kelpaa. Kirjoita se muodossa 24.6.2023; saapumispäivä ei voi olla tulevaisuudessa.',
    sv: 'Datumet duger inte. Skriv det i formen 24.6.2023; ankomstdagen kan inte ligga i framtiden.',
    en: 'The date is not valid. Write it as 24.6.2023; an arrival date cannot be in the future.',
  },
  'application.wrong_postal': {
    status: 422,
    fi: 'Postinumero ei kelpaa. Kirjoita viisi numeroa ja postitoimipaikka, esimerkiksi 15110 Lahti.',
    sv: 'Postnumret duger inte. Skriv fem siffror och postanstalt, till exempel 15110 Lahtis.',
    en: 'The postal code is not valid. Write five digits and the town, for example 15110 Lahti.',
  },
  'application.unknown_benefit': {
    status: 422,
    fi: 'Etuutta ei tunneta. Valitse etuus luettelosta.',
    sv: 'Förmånen är okänd. Välj förmån ur listan.',
    en: 'This benefit is not known. Choose a benefit from the list.',
  },
  'application.unknown_language': {
    status: 422,
    fi: 'Asiointikieli on suomi (fi) tai ruotsi (sv). Valitse toinen niistä.',
    sv: 'Kontaktspråket är finska (fi) eller svenska (sv). Välj ettdera.',
    en: 'The language is Finnish (fi) or Swedish (sv). Choose one of them.',
  },

  'form.changed': {
    status: 409,
    fi: 'Joku muu on muuttanut lomaketta sen jälkeen, kun avasit sen. Lataa lomake uudelleen.',
    sv: 'Någon annan har ändrat blanketten sedan du öppnade den. Ladda blanketten på nytt.',
    en: 'Somebody else has changed the form since you opened it. Load it again.',
  },
  'form.not_draft': {
    status: 409,
    fi: 'Lomake on jo julkaistu, eikä sitä voi enää muuttaa. Tee siitä uusi versio.',
    sv: 'Blanketten är redan publicerad och kan inte längre ändras. Gör en ny version av den.',
    en: 'The form is published and cannot be changed any more. Make a new version of it.',
  },
  'form.not_published': {
    status: 409,
    fi: 'Lomake ei ole julkaistu. Päivitä luettelo.',
    sv: 'Blanketten är inte publicerad. Uppdatera listan.',
    en: 'The form is not published. Refresh the list.',
  },
  'form.contradicts': {
    status: 422,
    fi: 'Lomaketta ei voi vielä julkaista. Korjaa luettelossa mainitut kohdat.',
    sv: 'Blanketten kan inte publiceras ännu. Rätta det som nämns i listan.',
    en: 'The form cannot be published yet. Correct what the list names.',
  },
  'form.nothing_printed': {
    status: 422,
    fi: 'Sivulta ei löytynyt painettuja viivoja eikä kenttiä. Tarkista, että tiedosto on tyhjä lomake.',
    sv: 'På sidan hittades varken tryckta linjer eller fält. Kontrollera att filen är en tom blankett.',
    en: 'No printed lines or fields were found on the page. Check that the file is a blank form.',
  },
  'form.page_missing': {
    status: 422,
    fi: 'Tiedostossa ei ole sellaista sivua. Anna sivun numero väliltä 1 – sivujen määrä.',
    sv: 'Filen har ingen sådan sida. Ange ett sidnummer som finns i filen.',
    en: 'The file has no such page. Give the number of a page it has.',
  },

  'search.too_short': {
    status: 400,
    fi: 'Kirjoita vähintään kolme merkkiä.',
    sv: 'Skriv minst tre tecken.',
    en: 'Write at least three characters.',
  },

  'search.identity_code': {
    status: 400,
    fi: 'Henkilötunnuksella ei haeta sivujen tekstistä. Hae nimellä, osoitteella tai muulla sivun sanalla.',
    sv: 'Man söker inte med personbeteckning i sidornas text. Sök med namn, adress eller ett annat ord på sidan.',
    en: 'Identity codes are not searched for in the text. Search by a name, an address or another word on the page.',
  },
  'search.no_words': {
    status: 400,
    fi: 'Kirjoita ainakin yksi haettava sana. Pelkät merkit, OR tai poissuljetut sanat eivät riitä.',
    sv: 'Skriv minst ett ord att söka efter. Enbart tecken, OR eller uteslutna ord räcker inte.',
    en: 'Write at least one word to search for. Signs, OR or excluded words alone are not enough.',
  },

  'task.not_held': {
    status: 409,
    fi: 'Tehtävä ei ole enää sinulla: varauksesi on päättynyt tai tehtävä on jo ratkaistu. Hae seuraava tehtävä.',
    sv: 'Uppgiften är inte längre din: reservationen har gått ut eller uppgiften är redan avgjord. Hämta nästa uppgift.',
    en: 'The task is no longer yours: your lease has ended or it has been decided. Fetch the next task.',
  },
  'task.deadline_too_soon': {
    status: 422,
    fi: 'Määräpäivän on oltava tulevaisuudessa ja enintään kuukauden päässä.',
    sv: 'Tidsfristen måste ligga i framtiden och högst en månad bort.',
    en: 'The deadline must be in the future and at most a month away.',
  },
  'handler.unknown': {
    status: 403,
    fi: 'Sinua ei ole merkitty minkään toimiston käsittelijäksi. Pyydä esihenkilöäsi lisäämään sinut.',
    sv: 'Du är inte antecknad som handläggare vid någon byrå. Be din chef lägga till dig.',
    en: 'You are not registered as a handler of any office. Ask your manager to add you.',
  },
  'handler.absent': {
    status: 409,
    fi: 'Sinut on merkitty poissaolevaksi tänään, joten uusia tehtäviä ei jaeta. Korjaa poissaolo esihenkilösi kanssa.',
    sv: 'Du är antecknad som frånvarande i dag, så inga nya uppgifter delas ut. Rätta frånvaron med din chef.',
    en: 'You are marked as absent today, so no new tasks are handed out. Correct the absence with your manager.',
  },

  'rule.not_your_district': {
    status: 403,
    fi: 'Säännön toimisto tai piiri ei kuulu piiriisi. Ehdota sääntöä sen piirin johtajalle.',
    sv: 'Regelns byrå eller distrikt hör inte till ditt distrikt. Föreslå regeln för det distriktets direktör.',
    en: 'The office or district of this rule is not in your district. Propose it to that district’s manager.',
  },
  'rule.unknown_scope': {
    status: 422,
    fi: 'Säännön toimistoa, piiriä tai aluetta ei ole. Valitse se luettelosta.',
    sv: 'Regelns byrå, distrikt eller region finns inte. Välj den ur listan.',
    en: 'There is no such office, district or region. Choose it from the list.',
  },
  'rule.starts_in_past': {
    status: 422,
    fi: 'Sääntö ei voi alkaa menneisyydessä. Valitse alkupäiväksi tämä päivä tai myöhempi.',
    sv: 'Regeln kan inte börja i det förflutna. Välj i dag eller en senare dag.',
    en: 'A rule cannot start in the past. Choose today or a later day.',
  },
  'rule.contradicts': {
    status: 409,
    fi: 'Samassa paikassa on jo saman lajin sääntö noille päiville. Päätä tai muuta se ensin.',
    sv: 'På samma plats finns redan en regel av samma slag för dessa dagar. Avsluta eller ändra den först.',
    en: 'There is already a rule of this kind in the same place for these days. End or change it first.',
  },
  'rule.needs_another_manager': {
    status: 409,
    fi: 'Säännön hyväksyy joku muu kuin sen laatija. Pyydä toista piirin johtajaa hyväksymään se.',
    sv: 'Regeln godkänns av någon annan än den som skrev den. Be en annan distriktsdirektör godkänna den.',
    en: 'A rule is approved by someone other than its author. Ask another district manager to approve it.',
  },
  'rule.not_draft': {
    status: 409,
    fi: 'Sääntö ei odota hyväksyntää. Päivitä luettelo.',
    sv: 'Regeln väntar inte på godkännande. Uppdatera listan.',
    en: 'This rule does not wait for approval. Refresh the list.',
  },
  'rule.already_ended': {
    status: 409,
    fi: 'Sääntö on jo päättynyt. Päivitä luettelo.',
    sv: 'Regeln har redan avslutats. Uppdatera listan.',
    en: 'This rule has already ended. Refresh the list.',
  },
} as const satisfies Record<string, Entry>

export type RefusalCode = keyof typeof refusals

/** The body of every refusal; `fields` names what to correct, `reference` finds the log line. */
export type RefusalBody = {
  error: { code: RefusalCode; message: Text; reference: string; fields?: { path: string; message: string }[] }
}

export function isRefusalCode(text: string): text is RefusalCode {
  return Object.hasOwn(refusals, text)
}
