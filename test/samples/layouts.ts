import type { Language } from './people.ts'

type Cell = {
  readonly name: string
  readonly type: string
  /** Share of the row's width. */
  readonly share: number
  readonly label: string
  /** Comb cells, where the form has one character a cell. */
  readonly comb?: number
}
/** A box to tick: the name of its field, the words beside it, and what the field is called in both languages. */
type Choice = {
  readonly name: string
  readonly text: string
  readonly names: { readonly fi: string; readonly sv: string }
}
export type Row =
  | { readonly heading: string }
  | { readonly height: number; readonly cells: readonly Cell[] }
  | { readonly note: string }
  /** Boxes to tick, of which an applicant ticks one. */
  | { readonly choices: readonly Choice[] }

/** A printed form of our own, top to bottom; one page of A4. */
export type Layout = {
  readonly id: string
  readonly code: string
  readonly version: string
  readonly language: Language
  readonly benefit: string
  readonly title: string
  readonly institution: string
  readonly symbology: 'qrcode' | 'datamatrix'
  /** Millimetres from the page's left and right edges. */
  readonly margin: number
  readonly rows: readonly Row[]
}

const cell = (name: string, type: string, share: number, label: string, comb?: number): Cell =>
  comb === undefined ? { name, type, share, label } : { name, type, share, label, comb }
const choice = (language: Language, name: string, fi: string, sv: string): Choice => ({
  name,
  text: { fi, sv }[language],
  names: { fi, sv },
})
const row = (...cells: Cell[]): Row => ({ height: 12, cells })

const finnishSignature: readonly Row[] = [
  { heading: 'Allekirjoitus' },
  { note: 'Vakuutan, että antamani tiedot ovat oikeat, ja ilmoitan niiden muutoksista.' },
  row(cell('signdate', 'date', 0.3, 'Päiväys'), cell('sign', 'name', 0.7, 'Allekirjoitus ja nimenselvennys')),
]
const swedishSignature: readonly Row[] = [
  { heading: 'Underskrift' },
  { note: 'Jag försäkrar att uppgifterna är riktiga och meddelar om de ändras.' },
  row(cell('signdate', 'date', 0.3, 'Datum'), cell('sign', 'name', 0.7, 'Underskrift och namnförtydligande')),
]

/** Income support, Finnish, QR. */
const support: Layout = {
  id: 'support-fi',
  code: 'TO 1',
  version: '2026-01',
  language: 'fi',
  benefit: 'TO',
  title: 'Perustoimeentulotuki',
  institution: 'Tasaturva',
  symbology: 'qrcode',
  margin: 15,
  rows: [
    { heading: 'Hakija' },
    row(cell('name', 'name', 0.6, 'Sukunimi ja etunimet'), cell('hetu', 'hetu', 0.4, 'Henkilötunnus')),
    row(cell('address', 'line', 0.5, 'Lähiosoite'), cell('postal', 'postal', 0.5, 'Postinumero ja postitoimipaikka')),
    row(cell('phone', 'phone', 0.4, 'Puhelinnumero'), cell('iban', 'iban', 0.6, 'Tilinumero (IBAN)')),
    { heading: 'Hakemus' },
    row(
      cell('date', 'date', 0.34, 'Mistä alkaen haette tukea?'),
      cell('amount', 'amount', 0.33, 'Tulot kuukaudessa, euroa'),
      cell('amount2', 'amount', 0.33, 'Asumismenot, euroa'),
    ),
    { note: 'Liittäkää hakemukseen tiliotteet kahdelta viime kuukaudelta ja kuitit menoista, joihin haette tukea.' },
    { heading: 'Lisätietoja' },
    { height: 34, cells: [cell('free', 'text', 1, 'Muuta hakemukseen vaikuttavaa')] },
    ...finnishSignature,
  ],
}

/** Housing allowance, Finnish, QR. */
const rent: Layout = {
  id: 'housing-fi',
  code: 'YA 2',
  version: '2026-01',
  language: 'fi',
  benefit: 'YA',
  title: 'Hakemus: yleinen asumistuki',
  institution: 'Tasaturva',
  symbology: 'qrcode',
  margin: 17,
  rows: [
    { heading: '1. Kuka hakee' },
    row(cell('hetu', 'hetu', 0.38, 'Hakijan henkilötunnus'), cell('phone', 'phone', 0.62, 'Puhelin päivisin')),
    row(cell('name', 'name', 1, 'Hakijan sukunimi ja etunimet')),
    row(cell('address', 'line', 0.55, 'Katuosoite'), cell('postal', 'postal', 0.45, 'Postinumero ja paikkakunta')),
    row(cell('iban', 'iban', 0.7, 'Mille tilille tuki maksetaan (IBAN)')),
    { heading: '2. Asunto, johon tukea haetaan' },
    {
      choices: [
        choice('fi', 'rent', 'Vuokra-asunto', 'Hyresbostad'),
        choice('fi', 'own', 'Oma asunto', 'Egen bostad'),
        choice('fi', 'sub', 'Alivuokralainen', 'Underhyresgäst'),
      ],
    },
    row(
      cell('amount', 'amount', 0.28, 'Vuokra, euroa/kk'),
      cell('amount2', 'amount', 0.28, 'Vesi, euroa/kk'),
      cell('date', 'date', 0.44, 'Tukea haetaan alkaen (pv.kk.vvvv)'),
    ),
    {
      note: 'Vuokrasopimuksesta tarvitaan jäljennös. Samassa taloudessa asuvat hakevat tukea yhdessä, yhdellä hakemuksella.',
    },
    { heading: '3. Muuta' },
    { height: 32, cells: [cell('free', 'text', 1, 'Mitä muuta haluatte kertoa asumisestanne')] },
    ...finnishSignature,
  ],
}

/** Sickness allowance, Finnish, comb cells, DataMatrix. */
const sickness: Layout = {
  id: 'sickness-fi',
  code: 'SV 8',
  version: '2026-01',
  language: 'fi',
  benefit: 'SP',
  title: 'Sairauspäiväraha',
  institution: 'Tasaturva',
  symbology: 'datamatrix',
  margin: 14,
  rows: [
    { heading: '1. Vakuutetun tiedot' },
    row(cell('hetu', 'hetu', 0.42, 'Henkilötunnus', 11), cell('name', 'name', 0.58, 'Nimi')),
    row(cell('iban', 'iban', 1, 'Tilinumero IBAN-muodossa', 18)),
    row(
      cell('address', 'line', 0.42, 'Osoite'),
      cell('postal', 'postal', 0.34, 'Postinumero ja -toimipaikka'),
      cell('phone', 'phone', 0.24, 'Puhelin'),
    ),
    { heading: '2. Työkyvyttömyys' },
    {
      choices: [
        choice('fi', 'emp', 'Olen työssä', 'Jag arbetar'),
        choice('fi', 'self', 'Olen yrittäjä', 'Jag är företagare'),
        choice('fi', 'unemployed', 'Olen työtön', 'Jag är arbetslös'),
      ],
    },
    row(
      cell('date', 'date', 0.27, 'Alkamispäivä'),
      cell('date2', 'date', 0.27, 'Päättymispäivä'),
      cell('employer', 'line', 0.46, 'Työnantaja'),
    ),
    row(
      cell('amount', 'amount', 0.5, 'Palkka kuukaudessa, euroa'),
      cell('amount2', 'amount', 0.5, 'Muut tulot kuukaudessa, euroa'),
    ),
    { note: 'Päivärahaa on haettava kahden kuukauden kuluessa työkyvyttömyyden alkamisesta.' },
    { heading: '3. Selvitys' },
    { height: 30, cells: [cell('free', 'text', 1, 'Kuvaus työstä ja työkyvyttömyydestä')] },
    ...finnishSignature,
  ],
}

/** Housing allowance, Swedish, QR. */
const housing: Layout = {
  id: 'housing-sv',
  code: 'YA 3r',
  version: '2026-01',
  language: 'sv',
  benefit: 'YA',
  title: 'Allmänt bostadsbidrag',
  institution: 'Tasaturva',
  symbology: 'qrcode',
  margin: 16,
  rows: [
    { heading: 'A. Sökanden' },
    row(cell('hetu', 'hetu', 0.35, 'Personbeteckning'), cell('name', 'name', 0.65, 'Efternamn och förnamn')),
    row(cell('address', 'line', 0.5, 'Näradress'), cell('postal', 'postal', 0.5, 'Postnummer och postanstalt')),
    row(cell('phone', 'phone', 0.35, 'Telefonnummer'), cell('iban', 'iban', 0.65, 'Kontonummer (IBAN)')),
    { heading: 'B. Bostaden' },
    row(
      cell('date', 'date', 0.4, 'Från och med vilket datum söks bidrag?'),
      cell('amount', 'amount', 0.3, 'Hyra per månad, euro'),
      cell('amount2', 'amount', 0.3, 'Vattenavgift, euro'),
    ),
    { note: 'Bifoga en kopia av hyresavtalet och en utredning om den senaste hyreshöjningen.' },
    { heading: 'C. Tilläggsuppgifter' },
    { height: 40, cells: [cell('free', 'text', 1, 'Övriga upplysningar')] },
    ...swedishSignature,
  ],
}

/** Child benefit, Swedish, DataMatrix. */
const child: Layout = {
  id: 'child-sv',
  code: 'LB 4r',
  version: '2026-01',
  language: 'sv',
  benefit: 'LL',
  title: 'Ansökan om barnbidrag',
  institution: 'Tasaturva',
  symbology: 'datamatrix',
  margin: 13,
  rows: [
    { heading: '1. Föräldern' },
    row(cell('name', 'name', 0.62, 'Namn'), cell('hetu', 'hetu', 0.38, 'Personbeteckning')),
    row(
      cell('address', 'line', 0.45, 'Adress'),
      cell('postal', 'postal', 0.33, 'Postnummer och ort'),
      cell('phone', 'phone', 0.22, 'Telefon'),
    ),
    row(cell('iban', 'iban', 1, 'Kontonummer (IBAN)')),
    { heading: '2. Barnet' },
    {
      choices: [
        choice('sv', 'alone', 'Yksinhuoltaja', 'Jag är ensamförsörjare'),
        choice('sv', 'shared', 'Lapsi asuu vuorotellen vanhempiensa luona', 'Barnet bor växelvis hos föräldrarna'),
      ],
    },
    row(cell('child', 'name', 0.6, 'Barnets namn'), cell('date', 'date', 0.4, 'Barnets födelsedatum')),
    {
      note: 'Barnbidrag betalas från och med månaden efter barnets födelse till den förälder som föräldrarna kommer överens om.',
    },
    { heading: '3. Annat' },
    { height: 28, cells: [cell('free', 'text', 1, 'Övrigt som ni vill meddela')] },
    ...swedishSignature,
  ],
}

/** Student financial aid, Finnish, DataMatrix: a form the product does not know until somebody makes it known. */
const study: Layout = {
  id: 'study-fi',
  code: 'OT 5',
  version: '2026-09',
  language: 'fi',
  benefit: 'OT',
  title: 'Opintotuki: hakemus',
  institution: 'Tasaturva',
  symbology: 'datamatrix',
  margin: 18,
  rows: [
    { heading: 'Opiskelija' },
    row(cell('hetu', 'hetu', 0.45, 'Henkilötunnus', 11), cell('name', 'name', 0.55, 'Sukunimi ja etunimet')),
    row(cell('address', 'line', 0.5, 'Lähiosoite'), cell('postal', 'postal', 0.5, 'Postinumero ja postitoimipaikka')),
    row(cell('phone', 'phone', 0.4, 'Puhelinnumero'), cell('iban', 'iban', 0.6, 'Tilinumero (IBAN)')),
    { heading: 'Opinnot' },
    {
      height: 14,
      cells: [cell('oppilaitos', 'line', 0.6, 'Oppilaitos'), cell('date', 'date', 0.4, 'Mistä alkaen haette tukea?')],
    },
    {
      choices: [
        choice('fi', 'away', 'Asun itsenäisesti', 'Jag bor självständigt'),
        choice('fi', 'home', 'Asun vanhempani luona', 'Jag bor hos en förälder'),
      ],
    },
    row(
      cell('amount', 'amount', 0.5, 'Tulot kuukaudessa, euroa'),
      cell('amount2', 'amount', 0.5, 'Vuokra kuukaudessa, euroa'),
    ),
    { note: 'Liittäkää hakemukseen todistus opiskelupaikasta.' },
    { heading: 'Lisätietoja' },
    { height: 26, cells: [cell('free', 'text', 1, 'Muuta hakemukseen vaikuttavaa')] },
    ...finnishSignature,
  ],
}

export const layouts: readonly Layout[] = [support, rent, sickness, housing, child]

/** @throws RangeError when there is no such layout. */
export function getLayout(id: string): Layout {
  const layout = [...layouts, study].find((known) => known.id === id)
  if (layout === undefined)
    throw new RangeError(`no layout ${id}; there are ${layouts.map((known) => known.id).join(', ')}`)
  return layout
}
