import type { Refusals } from './refusal.ts'

/** Intake, once papers are applications: checking them, forms, search. */
export const applicationRefusals = {
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
  'form.filled_in': {
    status: 422,
    fi: 'Lomakkeessa on täytettyjä kohtia: ota tyhjä kappale. Lähettämästäsi kappaleesta ei tallennettu mitään.',
    sv: 'Blanketten har ifyllda uppgifter: ta ett tomt exemplar. Inget av det du skickade har sparats.',
    en: 'The form has been filled in: take a blank copy. Nothing of what you sent has been kept.',
  },
  'form.not_readable': {
    status: 422,
    fi: 'Lomaketta ei voitu lukea koneellisesti. Tallenna se uudelleen A4-kokoisena PDF-tiedostona tai skannaa paperi tarkkuudella 300 dpi.',
    sv: 'Blanketten kunde inte läsas maskinellt. Spara den på nytt som en PDF i A4-format eller skanna papperet med 300 dpi.',
    en: 'The form could not be read by machine. Save it again as a PDF of A4 size, or scan the paper at 300 dpi.',
  },
  'form.too_large': {
    status: 422,
    fi: 'Sivu on liian suuri lomakkeeksi. Tallenna se A4- tai A3-kokoisena PDF-tiedostona tai skannaa paperi tarkkuudella 300 dpi.',
    sv: 'Sidan är för stor för en blankett. Spara den som en PDF i A4- eller A3-format eller skanna papperet med 300 dpi.',
    en: 'The page is too large for a form. Save it as a PDF of A4 or A3 size, or scan the paper at 300 dpi.',
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
} as const satisfies Refusals
