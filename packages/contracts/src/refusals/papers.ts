import type { Refusals } from './refusal.ts'

/** Intake, as paper comes in: batches and scans. */
export const paperRefusals = {
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
  'scan.only_noise': {
    status: 422,
    fi: 'Sivulla on pelkkää kohinaa, ei tekstiä. Tarkista skanneri ja skannaa paperi uudelleen.',
    sv: 'Sidan innehåller bara brus, ingen text. Kontrollera skannern och skanna papperet på nytt.',
    en: 'The page holds nothing but noise. Check the scanner and scan the paper again.',
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
  'scan.object_changed': {
    status: 500,
    fi: 'Tiedosto ei ole enää sama kuin tallennettaessa, joten sitä ei näytetä. Ilmoita viite tukeen. Jos paperi on tallella, skannaa se uudelleen.',
    sv: 'Filen är inte längre densamma som när den sparades och visas därför inte. Meddela referensen till supporten. Om papperet finns kvar, skanna det på nytt.',
    en: 'The file is no longer the one that was stored, so it is not shown. Tell support the reference. If you have the paper, scan it again.',
  },
  'scan.too_slow': {
    status: 408,
    fi: 'Tiedoston lähetys eteni liian hitaasti ja se keskeytettiin; mitään ei tallennettu. Tarkista verkkoyhteys ja lähetä tiedosto uudelleen.',
    sv: 'Filen kom fram för långsamt och sändningen avbröts; inget sparades. Kontrollera nätet och skicka filen på nytt.',
    en: 'The file came in too slowly and was stopped; nothing was stored. Check the network and send the file again.',
  },
  'scan.too_many_unfinished': {
    status: 429,
    fi: 'Sinulla on liian monta keskeneräistä lähetystä. Odota, että ne valmistuvat, tai peru niitä, ja lähetä tiedosto sitten uudelleen.',
    sv: 'Du har för många påbörjade sändningar. Vänta tills de är klara eller avbryt några och skicka sedan filen på nytt.',
    en: 'You have too many unfinished uploads. Wait until they are done, or cancel some, then send the file again.',
  },
  'scan.not_waiting': {
    status: 409,
    fi: 'Skannaus on jo ratkaistu. Päivitä erä.',
    sv: 'Skanningen är redan avgjord. Uppdatera bunten.',
    en: 'This scan has already been settled. Refresh the batch.',
  },
} as const satisfies Refusals
