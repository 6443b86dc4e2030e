import type { ApplicationState, Channel, indexFields, PageState, Role } from '@tasain/contracts'
import type { Language } from '@tasain/vocabulary'

export type ShellTexts = typeof fi

const roles: Record<Role, string> = {
  clerk: 'toimistovirkailija',
  handler: 'käsittelijä',
  manager: 'piirin johtaja',
  auditor: 'tarkastaja',
  admin: 'ylläpitäjä',
  service: 'palvelu',
}
const channels: Record<Channel, string> = {
  office_paper: 'Toimisto, paperi',
  post: 'Posti',
  joint_service_point: 'Asiointipiste',
  e_service: 'Verkkoasiointi',
  phone: 'Puhelin, suullinen',
}
const languages: Record<Language, string> = { fi: 'suomi', sv: 'ruotsi' }
const pageStates: Record<PageState, string> = {
  stored: 'Tallennettu',
  read: 'Luettu',
  set_aside: 'Siirretty syrjään',
  duplicate: 'Kaksoiskappale',
}
const applicationStates: Record<ApplicationState, string> = {
  reading: 'Luetaan',
  incomplete: 'Puutteellinen',
  unidentified: 'Hakija tunnistamatta',
  handed_over: 'Luovutettu käsittelyyn',
  withdrawn: 'Peruttu',
}

type FieldName =
  | (typeof indexFields)[number]
  | 'employer'
  | 'child'
  | 'date'
  | 'date2'
  | 'amount'
  | 'amount2'
  | 'free'
  | 'signdate'
  | 'sign'

/** A form's own field that is not here is shown by its own name. */
const fields: Record<FieldName, string> = {
  benefit: 'Etuus',
  language: 'Asiointikieli',
  arrivedOn: 'Saapumispäivä',
  hetu: 'Henkilötunnus',
  name: 'Nimi',
  address: 'Lähiosoite',
  postal: 'Postinumero ja postitoimipaikka',
  phone: 'Puhelinnumero',
  iban: 'Tilinumero',
  employer: 'Työnantaja',
  child: 'Lapsi',
  date: 'Päivämäärä',
  date2: 'Toinen päivämäärä',
  amount: 'Rahamäärä, €',
  amount2: 'Toinen rahamäärä, €',
  free: 'Vapaa teksti',
  signdate: 'Allekirjoituspäivä',
  sign: 'Allekirjoitus',
}

export const fi = {
  product: 'Tasain',
  slogan: 'Paperista päätökseksi, koko maan voimin',
  skipToContent: 'Siirry sisältöön',
  navigation: 'Päävalikko',
  places: {
    scan: 'Skannaa',
    batches: 'Erät',
    check: 'Tarkasta',
    search: 'Haku',
    tasks: 'Tehtävät',
    conflicts: 'Esteellisyydet',
    situation: 'Tilanne',
    moves: 'Siirrot tänään',
    rules: 'Säännöt',
    staff: 'Oma henkilöstö',
    forms: 'Lomakkeet',
    duties: 'Oma rooli',
  },
  header: { language: 'Kieli', signOut: 'Kirjaudu ulos', shortcuts: 'Pikanäppäimet', headOffice: 'Koko maa' },
  signIn: {
    title: 'Kirjaudu sisään',
    lead: 'Toimiston väelle, käsittelijöille ja piirin johtajille. Kirjaudu oman organisaatiosi tunnuksella.',
    action: 'Kirjaudu organisaation tunnuksella',
  },
  signedIn: {
    title: 'Olet kirjautunut',
    body: 'Voit sulkea tämän välilehden ja jatkaa siinä, jossa työsi on kesken.',
    action: 'Jatka tässä välilehdessä',
  },
  sessionLost: {
    heading: 'Istunto on päättynyt',
    body: 'Kirjaudu uudelleen toisessa välilehdessä. Tämä sivu ja keskeneräinen työsi säilyvät, ja sivu jatkaa itsestään, kun olet kirjautunut.',
    action: 'Kirjaudu uudelleen',
  },
  idle: {
    heading: 'Oletko vielä paikalla?',
    body: 'Istunto päättyy muutaman minuutin kuluttua, jos et jatka.',
    action: 'Jatka istuntoa',
  },
  shortcuts: {
    heading: 'Pikanäppäimet',
    help: 'Näytä pikanäppäimet',
    next: 'Seuraava kenttä tai painike',
    here: 'Tällä sivulla',
    everywhere: 'Kaikkialla',
    none: 'Tällä sivulla ei ole omia pikanäppäimiä.',
    singleKeys: 'Yhden kirjaimen pikanäppäimet käytössä',
    singleKeysHelp: 'Eivät koskaan toimi kirjoituskentässä.',
  },
  states: {
    loading: 'Haetaan tietoja',
    retry: 'Yritä uudelleen',
    reference: 'Viite',
    stale: (time: string) => `Tiedot klo ${time}, yhteys poikki. Yritämme koko ajan uudelleen.`,
    total: (count: string) => `Yhteensä ${count}`,
  },
  line: {
    down: (time: string) => `Yhteys palvelimeen katkesi klo ${time}.`,
    meaning:
      'Tiedot ja luvut voivat olla vanhoja. Tallennus ei jää odottamaan yhteyttä: jos se ei lähde heti, siitä kerrotaan, ja voit yrittää uudelleen.',
    at: (time: string) => `Tiedot klo ${time}`,
    ago: (minutes: number) => (minutes < 60 ? `${minutes} min sitten` : `${Math.floor(minutes / 60)} h sitten`),
    old: 'Yhteys poikki, tiedot eivät päivity',
  },
  left: {
    files: (count: number) => (count === 1 ? 'Yhtä tiedostoa lähetetään vielä' : `${count} tiedostoa lähetetään vielä`),
    under_way: (what: string) => `${what}: tallennetaan vielä…`,
    asking: (what: string) => `${what}: perutaan…`,
    unknown: (what: string) => `${what}: emme vielä tiedä, ehtikö se perille. Se selviää, kun yhteys palaa.`,
    cancelled: (what: string) => `${what}: peruttu, mitään ei tallennettu.`,
    late: (what: string) => `${what}: ehti jo tallentua.`,
    stored: (what: string) => `${what}: tallennettu.`,
    refused: (what: string) => `${what}: ei tallennettu.`,
  },
  writes: {
    decision: 'Päätös',
    'information-request': 'Lisätietopyyntö',
    return: 'Palautus jonoon',
    recusal: 'Esteellisyysilmoitus',
    lease: 'Varauksen jatko',
    move: 'Tehtävän siirto',
    switch: 'Tasauksen pysäytys tai käynnistys',
    rules: 'Uusi sääntö',
    versions: 'Säännön muutos',
    end: 'Säännön päättäminen',
    withdraw: 'Luopuminen',
    restore: 'Säännön palautus',
    approve: 'Säännön hyväksyntä',
    batches: 'Uusi erä',
    close: 'Erän sulkeminen',
    count: 'Arkkien määrä',
    settle: 'Tiedoston ratkaisu',
    arrange: 'Papereiden järjestäminen',
    undo: 'Muutoksen kumoaminen',
    corrections: 'Tarkastettujen tietojen tallennus',
    uploads: 'Tiedoston lähetys',
    forms: 'Uusi lomake',
    draft: 'Lomakeluonnoksen tallennus',
    publish: 'Lomakkeen julkaisu',
    discard: 'Luonnoksen poisto',
    revise: 'Lomakkeen uusi versio',
    other: 'Muutos',
  },
  crash: {
    title: 'Sivu ei toiminut odotetusti',
    body: 'Tallennetut tiedot ovat tallessa. Lataa sivu uudelleen; jos virhe toistuu, ota yhteys tukeen.',
    action: 'Lataa sivu uudelleen',
  },
  notLoaded: {
    title: 'Sivua ei saatu ladattua',
    body: 'Yhteys on poikki, tai Tasain on päivitetty. Mitään tallennettua ei ole kadonnut. Tarkista yhteys ja yritä uudelleen.',
    action: 'Yritä uudelleen',
    still: 'Palveluun ei vieläkään saada yhteyttä. Yritä hetken kuluttua uudelleen.',
  },
  missing: {
    title: 'Sivua ei ole',
    body: 'Osoite on väärä. Tarkista se tai aloita etusivulta.',
    action: 'Siirry etusivulle',
  },
  noRight: {
    title: 'Sivu ei kuulu rooliisi',
    body: (place: string) =>
      `Sivulle ”${place}” on oikeus muilla rooleilla. Jos tarvitset sitä työssäsi, pyydä oikeus esihenkilöltäsi.`,
  },
  duties: {
    title: 'Oma rooli',
    auditor: {
      heading: 'Tarkastaja',
      points: [
        'Näet kuormituksen, siirrot perusteineen ja säännöt kaikkine versioineen, mutta et voi muuttaa niitä.',
        'Jokainen katselusi kirjautuu käyttölokiin. Paperin katseluun on aina annettava syy.',
        'Käyttölokin ja tallennettujen sivujen eheyden voi tarkastaa ylläpidon komennolla ”tasain verify”.',
      ],
    },
    admin: {
      heading: 'Ylläpitäjä',
      points: [
        'Sinulla ei ole oikeutta hakemusten, sivujen tai tehtävien sisältöön.',
        'Teet uudet lomakkeet tunnetuiksi: opetat ne tyhjästä kappaleesta, kokeilet ja julkaiset.',
        'Näet säännöt kaikkine versioineen, mutta et voi muuttaa niitä.',
        'Merkitset oman henkilöstön, jonka asiat käsitellään muualla kuin omassa toimistossa.',
        'Voit pysäyttää ja käynnistää tasauksen koko maassa Lomakkeet-sivulla.',
        'Ylläpidon tehtävät tehdään komentoriviltä: ”tasain verify” tarkastaa lokit, sivut ja siirron talojen välillä.',
      ],
    },
    none: {
      heading: 'Ei roolia',
      points: ['Tunnuksellasi ei ole roolia Tasaimessa. Pyydä oikeus esihenkilöltäsi.'],
    },
  },
  drafts: {
    saved: (time: string) => `Luonnos tallennettu klo ${time}.`,
    saving: 'Luonnosta tallennetaan.',
    cut: 'Luonnosta ei ole vielä tallennettu: yhteys poikki. Teksti on tallessa tällä sivulla ja tallentuu, kun yhteys palaa.',
    unsaved: 'Luonnosta ei ole tallennettu.',
    discard: 'Hylkää luonnos',
    discarded: 'Luonnos hylätty.',
    restore: 'Palauta luonnos',
    newer: (time: string) => `Tästä on uudempi luonnos, joka on tallennettu toisessa ikkunassa klo ${time}. Kumpi jää?`,
    takeNewer: 'Ota uudempi',
    keepMine: 'Pidä tässä oleva',
    stale: 'Tietoja on muutettu luonnoksen aloittamisen jälkeen. Tarkista kohdat ennen tallentamista.',
  },
  form: {
    cancel: 'Peruuta',
    close: 'Sulje',
    required: 'Täytä tämä kohta.',
    reason: 'Kirjoita syy, vähintään kolme merkkiä.',
    hetu: 'Henkilötunnus',
    hetuHelp: 'Muodossa 131052-308T. Tunnusta ei tallenneta eikä näytetä uudelleen.',
    hetuWrong: 'Tunnus ei täsmää: tarkistusmerkki tai syntymäaika on väärin.',
    date: 'Kirjoita päivä muodossa 24.6.2023.',
    openCalendar: 'Avaa kalenteri',
    noCalendar: 'Kalenteria ei saatu nyt auki. Kirjoita päivä muodossa 24.6.2023.',
    noSuchDate: 'Tällaista päivää ei ole kalenterissa. Tarkista päivä ja kuukausi.',
    dateRange: (from: string, to: string) => `Valitse päivä väliltä ${from}–${to}.`,
    dateFrom: (from: string) => `Valitse ${from} tai myöhempi päivä.`,
    dateTo: (to: string) => `Valitse ${to} tai aikaisempi päivä.`,
    optional: '(ei pakollinen)',
  },
  viewer: {
    label: 'Sivun kuva',
    papers: 'Paperit',
    tools: 'Sivun katselu',
    page: (number: number, count: number) => `Sivu ${number}/${count}`,
    pages: 'Sivut',
    zoomIn: 'Suurenna',
    zoomOut: 'Pienennä',
    fit: 'Sovita leveyteen',
    rotate: 'Käännä myötäpäivään',
    previous: 'Edellinen sivu',
    next: 'Seuraava sivu',
    text: 'Sivun teksti',
    noText: 'Sivulta ei luettu tekstiä.',
    downloadPdf: 'Lataa PDF',
    snippet: (field: string) => `Kuvaote kohdasta ${field}`,
    thumbnail: (number: number) => `Sivu ${number}`,
  },
  status: {
    sure: 'Varma',
    doubtful: 'Epävarma',
    invalid: 'Virheellinen',
    missing: 'Puuttuu',
    accepted: 'Hyväksytty',
    byClerk: 'Virkailijan vahvistama',
    byCover: 'Erän tiedoista',
  },
  units: { bytes: ['kt', 'Mt'] as readonly [string, string] },
  ticks: { on: 'Rastitettu', off: 'Ei rastia' },
  roles,
  channels,
  languages,
  pageStates,
  applicationStates,
  fields,
}
