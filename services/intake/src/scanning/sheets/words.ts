import type { Language } from '@tasain/vocabulary'

type Words = {
  cover: string
  coverHelp: readonly string[]
  separator: string
  separatorHelp: readonly string[]
  office: string
  batch: string
  benefit: string
  language: string
  arrivedOn: string
  sheets: string
  perPaper: string
  languages: Readonly<Record<Language, string>>
  code: string
}

/** What is printed on the sheets, by the language of who handles them. */
export const words: Readonly<Record<Language, Words>> = {
  fi: {
    cover: 'Kansilehti',
    coverHelp: [
      'Pane tämä arkki papereiden päälle ja skannaa ne sen kanssa.',
      'Etuus ja kieli koskevat niitä papereita, joista niitä ei muuten tiedetä.',
      'Laske skanneriin menevät arkit, myös kansilehti ja erotinlehdet.',
    ],
    separator: 'Erotinlehti',
    separatorHelp: ['Tämän arkin jälkeen alkaa uusi hakemus.', 'Arkin voi käyttää uudelleen.'],
    office: 'Toimisto',
    batch: 'Erä',
    benefit: 'Etuus',
    language: 'Kieli',
    arrivedOn: 'Saapumispäivä',
    sheets: 'Arkkeja',
    perPaper: 'paperin mukaan',
    languages: { fi: 'suomi', sv: 'ruotsi' },
    code: 'Koodin sisältö',
  },
  sv: {
    cover: 'Försättsblad',
    coverHelp: [
      'Lägg det här arket överst på papperen och skanna dem tillsammans.',
      'Förmånen och språket gäller de papper där de annars inte är kända.',
      'Räkna arken som läggs i skannern, även försättsblad och skiljeblad.',
    ],
    separator: 'Skiljeblad',
    separatorHelp: ['Efter det här arket börjar en ny ansökan.', 'Arket kan användas på nytt.'],
    office: 'Byrå',
    batch: 'Bunt',
    benefit: 'Förmån',
    language: 'Språk',
    arrivedOn: 'Ankomstdag',
    sheets: 'Ark',
    perPaper: 'enligt papperet',
    languages: { fi: 'finska', sv: 'svenska' },
    code: 'Kodens innehåll',
  },
}
