import type { FormFaultCode, FormFieldType, FormSummary, FormTrial } from '@tasain/contracts'

export type AdminTexts = typeof fi

const types: Record<FormFieldType, string> = {
  hetu: 'Henkilötunnus',
  iban: 'Tilinumero',
  date: 'Päivämäärä',
  amount: 'Rahamäärä',
  phone: 'Puhelinnumero',
  postal: 'Postinumero ja postitoimipaikka',
  name: 'Nimi',
  line: 'Yksi rivi tekstiä',
  text: 'Monta riviä tekstiä',
  email: 'Sähköpostiosoite',
  tick: 'Ruutu, johon tehdään rasti',
}
const states: Record<FormSummary['state'], string> = {
  draft: 'Luonnos',
  published: 'Julkaistu',
  shipped: 'Tuotteen mukana',
  withdrawn: 'Poistettu käytöstä',
}
const fits: Record<FormTrial['pages'][number]['fit'], string> = {
  lines: 'Sivu on tämä lomake: viivat ovat paikoillaan.',
  name: 'Koodi tai otsikko on tämän lomakkeen, mutta viivat eivät ole paikoillaan. Onko sivu samasta painoksesta?',
  none: 'Sivua ei tunnistettu tälle lomakkeelle. Tarkista, että kopio on samasta lomakkeesta.',
}
const faults: Record<FormFaultCode, (field: string, other: string) => string> = {
  no_code: () => 'Anna lomakkeen koodi, esimerkiksi OT 5.',
  no_version: () => 'Anna lomakkeen versio, esimerkiksi 2026-09.',
  no_title: () => 'Anna lomakkeen nimi.',
  no_language: () => 'Valitse lomakkeen kieli.',
  no_benefit: () => 'Valitse etuus, jota lomakkeella haetaan.',
  no_hetu: () => 'Lomakkeella on oltava kenttä hakijan henkilötunnukselle.',
  few_anchors: () =>
    'Lomakkeella on liian vähän pitkiä viivoja, joiden mukaan se kohdistetaan. Tee lomakkeesta versio, jossa kentät on kehystetty, ja ota siitä uusi tyhjä kappale. Ilman viivoja siitä luetaan vain tutut kohdat otsikoidensa mukaan, eikä sitä tarvitse julkaista.',
  version_taken: (_field, other) => `Lomakkeesta ${other} on jo tämä versio. Anna toinen versio.`,
  prefix_short: () => 'Koodin pysyvän alun on oltava vähintään neljä merkkiä.',
  prefix_not_in_code: () => 'Tyhjän lomakkeen koodi ei ala näin. Pysyvän alun on oltava koodin alku.',
  prefix_taken: (_field, other) => `Lomakkeen ${other} koodi alkaa samoin. Pidennä pysyvää alkua.`,
  prefix_taken_whole: (_field, other) =>
    `Lomakkeella ${other} on sama koodikuvio, eikä pysyvää alkua voi pidentää. Jos tämä on saman lomakkeen uusi versio, anna sille koodi ${other}. Muuten poista tunnistus koodista.`,
  name_missing: (field) => `Valitse, mikä tieto on kentässä ${field}.`,
  name_shape: (field) =>
    `Kentän ${field} tunnus alkaa pienellä kirjaimella, ja siinä on vain kirjaimia a–z ja numeroita.`,
  name_twice: (field) => `Kaksi kenttää on sama tieto: ${field}. Valitse toiselle muu.`,
  name_reserved: (field) => `Kentän ${field} tunnus on varattu. Anna muu tunnus.`,
  name_of_other_type: (field) => `Kentässä ${field} ei voi olla tällaista sisältöä. Korjaa sisältö tai tieto.`,
  hetu_name: (field) => `Kentän ${field} tunnuksessa on oltava sana hetu, koska siinä on henkilötunnus.`,
  words_missing: (field, other) =>
    `Anna kentälle ${field} nimi ${other === 'fi' ? 'suomeksi' : other === 'sv' ? 'ruotsiksi' : 'suomeksi ja ruotsiksi'}.`,
  region_outside: (field) => `Kenttä ${field} menee sivun reunan yli.`,
  region_small: (field) => `Kenttä ${field} on liian pieni luettavaksi.`,
  region_on_other: (field, other) => `Kentät ${field} ja ${other} ovat päällekkäin.`,
  comb_outside: (field) => `Kentän ${field} ruudut eivät mahdu siihen.`,
}

export const fi = {
  forms: {
    title: 'Lomakkeet',
    lead: 'Lomakkeet, jotka Tasain tunnistaa ja lukee. Uusi lomake opetetaan tyhjästä kappaleesta.',
    newHeading: 'Uusi lomake',
    drop: 'Pudota tähän tyhjä lomake',
    dropHelp:
      'PDF tai skannattu kuva (JPEG, PNG, TIFF), enintään 25 Mt. Lomakkeessa ei saa olla täytettyjä kohtia. Luonnos, jota ei muuteta 90 päivään, poistetaan.',
    page: 'Lomakkeen sivu tiedostossa',
    pageWrong: 'Anna sivun numero, 1–300.',
    proposing: (name: string) =>
      `Luetaan lomaketta ${name}: etsitään viivat, kentät ja koodi. Tämä kestää noin 10 sekuntia.`,
    none: 'Lomakkeita ei ole. Pudota tyhjä lomake yllä olevaan kenttään.',
    table: 'Lomakkeet',
    code: 'Koodi',
    version: 'Versio',
    name: 'Nimi',
    benefit: 'Etuus',
    language: 'Kieli',
    fields: 'Kenttiä',
    state: 'Tila',
    changed: 'Muutettu',
    noCode: 'Koodi puuttuu',
    older: 'Vanhempi versio, luetaan yhä',
    showWithdrawn: 'Näytä myös käytöstä poistetut',
    choose: (name: string) => `Valitse luonnos ${name}`,
    discard: (count: number) => (count === 1 ? 'Poista valittu luonnos' : `Poista ${count} valittua luonnosta`),
    discardHeading: (count: number) => (count === 1 ? 'Poistetaanko luonnos?' : `Poistetaanko ${count} luonnosta?`),
    discardBody: 'Luonnoksia ei voi palauttaa. Julkaistut lomakkeet säilyvät.',
    discarded: (count: number) => (count === 1 ? 'Luonnos poistettu.' : `${count} luonnosta poistettu.`),
    pageOf: (name: string, page: number, pages: number) =>
      `Tiedostossa ${name} on ${pages} sivua. Luonnos on tehty sivusta ${page}: jokainen sivu on oma lomakkeensa.`,
    openDraft: 'Avaa luonnos',
    otherPage: 'Tee luonnos myös sivusta',
    fromPage: (page: number) => `Tee luonnos sivusta ${page}`,
    refusals: {
      'scan.not_readable':
        'Tiedostosta ei saatu lomaketta. Tallenna PDF uudelleen A4-kokoisena tai skannaa tyhjä lomake tarkkuudella 300 dpi.',
      'scan.took_too_long':
        'Lomakkeen lukeminen kesti liian kauan, ja se keskeytettiin. Skannaa tyhjä lomake tarkkuudella 300 dpi.',
      'scan.only_noise': 'Sivulla on pelkkää kohinaa. Tarkista skanneri ja skannaa tyhjä lomake uudelleen.',
    } as Readonly<Record<string, string>>,
  },
  editor: {
    title: (code: string, version: string) => `Lomake ${code} ${version}`.trim(),
    untitled: 'Uusi lomake',
    back: 'Kaikki lomakkeet',
    sheet: 'Tyhjä lomake ja sen kentät',
    help: 'Valitse kenttä hiirellä tai sarkaimella. Nuolet siirtävät, Vaihto + nuolet muuttavat kokoa, Ctrl kymmenkertaistaa askelen. Enter vie kentän tietoihin, Esc takaisin kuvaan, Delete poistaa. Tyhjästä kohdasta vetämällä syntyy uusi kenttä.',
    keys: {
      move: 'Siirrä kenttää',
      moveFar: 'Siirrä kenttää kymmenen askelta',
      size: 'Muuta kentän kokoa',
      sizeFar: 'Muuta kentän kokoa kymmenen askelta',
      edit: 'Siirry kentän tietoihin',
      back: 'Palaa kentän tiedoista kuvaan',
    },
    image: 'Tyhjän lomakkeen kuva',
    zoomIn: 'Suurenna',
    zoomOut: 'Pienennä',
    undo: 'Kumoa',
    redo: 'Tee uudelleen',
    add: 'Lisää kenttä',
    remove: 'Poista kenttä',
    added: (field: string) => `Kenttä ${field} lisätty.`,
    removed: (field: string) => `Kenttä ${field} poistettu. Kumoa palauttaa sen.`,
    undone: 'Muutos kumottu.',
    redone: 'Muutos tehty uudelleen.',
    field: (name: string, type: string) => `Kenttä ${name}: ${type}`,
    noName: 'nimetön',
    tabs: { fields: 'Kentät', form: 'Lomakkeen tiedot', trial: 'Koeluku' },
    saved: 'Tallennettu',
    saving: 'Tallennetaan…',
    notSaved: 'Ei tallennettu',
    restored: 'Palautettiin muutokset, joita ei ehditty tallentaa.',
    reload: 'Lataa lomake uudelleen',
    stale:
      'Joku muu on muuttanut lomaketta tai julkaissut sen. Lataa se uudelleen; omat tallentamattomat muutoksesi jäävät pois.',
  },
  fields: {
    list: 'Lomakkeen kentät',
    none: 'Lomakkeella ei ole kenttiä. Vedä kentälle paikka lomakkeen kuvaan tai paina Lisää kenttä.',
    choose: 'Valitse kenttä luettelosta tai kuvasta.',
    meaning: 'Mikä tieto kentässä on',
    own: 'Lomakkeen oma tieto',
    takenBy: (meaning: string, field: string) =>
      meaning === field ? `${meaning} – jo toisessa kentässä` : `${meaning} – jo kentässä ${field}`,
    type: 'Mitä kenttään kirjoitetaan',
    typeFixed: 'Yllä valittu tieto määrää tämän.',
    guess: (type: string) => `${type} (arvaus)`,
    guessed: (type: string) => `${type} on arvattu painetusta tekstistä. Tarkista, mitä kenttään kirjoitetaan.`,
    settle: 'Arvaus on oikea',
    label: 'Painettu teksti kentän vieressä',
    names: { fi: 'Nimi suomeksi', sv: 'Nimi ruotsiksi' },
    technical: 'Tunnus',
    technicalHelp: 'Näkyy tiedoissa ja raporteissa. Kirjaimia a–z ja numeroita.',
    cells: 'Ruutuja (0 = ei ruutuja)',
    cellsHelp: 'Kun jokaiselle merkille on oma ruutunsa.',
    place: 'Paikka ja koko (1/300 tuumaa)',
    left: 'Vasen',
    top: 'Ylä',
    width: 'Leveys',
    height: 'Korkeus',
    types,
  },
  head: {
    code: 'Lomakkeen koodi',
    codeHelp: 'Niin kuin se on painettu, esimerkiksi OT 5.',
    version: 'Versio',
    versionHelp: 'Uusi painos samasta lomakkeesta on uusi versio.',
    titleLabel: 'Lomakkeen nimi',
    language: 'Kieli',
    benefit: 'Etuus',
    choose: 'Valitse',
    barcode: 'Lomakkeen koodikuvio',
    barcodeText: 'Tyhjän kappaleen koodi',
    begins: 'Pysyvä alku',
    beginsHelp: 'Se osa koodista, joka on sama jokaisessa kappaleessa. Loppu on kappaleen oma numero.',
    split: (begins: string, rest: string) =>
      rest === '' ? `Koko koodi on pysyvä: ${begins}` : `${begins} pysyy, ${rest} vaihtuu.`,
    drop: 'Älä tunnista koodista',
    noBarcode:
      'Lomakkeella ei ole koodikuviota, tai sitä ei käytetä. Lomake tunnistetaan viivoista, otsikosta ja painetusta koodista, mikä on epävarmempaa.',
    anchors: (across: number, down: number) => `Kohdistukseen käytetään ${across} vaakaviivaa ja ${down} pystyviivaa.`,
  },
  faults: {
    heading: (count: number) =>
      count === 1 ? 'Yksi kohta estää julkaisemisen' : `${count} kohtaa estää julkaisemisen`,
    none: 'Lomake on valmis julkaistavaksi. Kokeile sitä ensin täytetyillä kopioilla.',
    say: faults,
  },
  trial: {
    drop: 'Pudota tähän täytettyjä kopioita',
    dropHelp: 'Kopiot luetaan tällä lomakkeella, eikä niistä tallenneta mitään.',
    lead: 'Katso, lukeeko lomake täytetyt kopiot oikein, ennen kuin julkaiset sen.',
    reading: (name: string) => `Luetaan: ${name}`,
    page: (name: string, page: number) => `${name}, sivu ${page}`,
    left: (count: number) => `Tiedoston muita sivuja ei luettu (${count}).`,
    count: (read: number, all: number, sure: number) => `Luettu ${read}/${all} kenttää, niistä varmoja ${sure}.`,
    field: 'Kenttä',
    value: 'Luettu',
    empty: 'Ei kirjoitusta',
    fits,
    otherCode: (code: string, begins: string) =>
      `Kopion koodi ${code} ei ala niin kuin lomakkeen (${begins}). Korjaa pysyvä alku lomakkeen tiedoista, tai kopio on muuta painosta.`,
    remove: 'Poista tulos',
    refusals: {
      'scan.not_readable':
        'Kopiota ei voitu lukea. Skannaa se uudelleen tarkkuudella 300 dpi tai kokeile toista kopiota.',
      'scan.took_too_long':
        'Kopion lukeminen kesti liian kauan, ja se keskeytettiin. Skannaa kopio uudelleen tarkkuudella 300 dpi.',
    } as Readonly<Record<string, string>>,
    table: (name: string) => `Kentät kopiossa ${name}`,
  },
  publish: {
    action: 'Julkaise',
    heading: (code: string, version: string) => `Julkaistaanko lomake ${code} ${version}?`,
    body: 'Siitä lähtien jokainen toimisto tunnistaa lomakkeen ja lukee sen kentät. Julkaistua lomaketta ei voi muuttaa, mutta siitä voi tehdä uuden version.',
    replaces: (versions: string) =>
      `Korvaa uusien kopioiden osalta version ${versions}. Vanhat kopiot luetaan yhä vanhan version mukaan.`,
    guesses: (count: number) =>
      count === 1
        ? 'Yhden kentän sisältö on vain arvattu. Tarkista se.'
        : `${count} kentän sisältö on vain arvattu. Tarkista ne.`,
    untried: 'Lomaketta ei ole kokeiltu täytetyillä kopioilla.',
    done: (code: string, version: string) => `Lomake ${code} ${version} on julkaistu.`,
    withdraw: 'Poista käytöstä',
    withdrawHeading: (code: string, version: string) => `Poistetaanko lomake ${code} ${version} käytöstä?`,
    withdrawBody:
      'Sen jälkeen skannattuja kopioita ei enää tunnisteta tällä lomakkeella. Jo luettuihin hakemuksiin se ei vaikuta.',
    withdrawn: 'Lomake on poistettu käytöstä.',
    revise: 'Tee uusi versio',
    discard: 'Poista luonnos',
    discardHeading: 'Poistetaanko luonnos?',
    discardBody: 'Luonnosta ei voi palauttaa.',
    published: 'Lomake on julkaistu, eikä sitä voi muuttaa. Muutos tehdään uuteen versioon.',
    isWithdrawn: 'Lomake on poistettu käytöstä.',
  },
  states,
}
