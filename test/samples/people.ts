import { hetuCheckCharacter } from '@tasain/vocabulary'

/** Numbers from a seed: the same seed gives the same ones on every machine. Uniform in [0, 1). */
export type Random = () => number

export function createRandom(seed: number): Random {
  let state = (seed * 2654435761) >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[Math.floor(random() * from.length)]
  if (chosen === undefined) throw new RangeError('nothing to pick from')
  return chosen
}

export function between(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1))
}

const familyNames = {
  fi: [
    'Korhonen',
    'Virtanen',
    'Mäkinen',
    'Nieminen',
    'Hämäläinen',
    'Laine',
    'Heikkinen',
    'Koskinen',
    'Järvinen',
    'Salmela',
    'Yli-Kivistö',
    'Törmänen',
  ],
  sv: [
    'Lindholm',
    'Sjöström',
    'Nordlund',
    'Åkerblom',
    'Holmqvist',
    'Östman',
    'Sundberg',
    'Ekström',
    'Björkman',
    'Wikholm',
    'Grönroos',
    'Stenbäck',
  ],
} as const
const firstNames = {
  fi: ['Aino', 'Eero', 'Helmi', 'Juho', 'Kaisa', 'Lauri', 'Marjatta', 'Onni', 'Päivi', 'Tapio', 'Väinö', 'Riitta'],
  sv: ['Anders', 'Birgitta', 'Elin', 'Fredrik', 'Göran', 'Ingrid', 'Karin', 'Lars', 'Märta', 'Nils', 'Åsa', 'Sven'],
} as const
const streets = {
  fi: ['Kirkkokatu', 'Asemantie', 'Koulukuja', 'Rantatie', 'Mäntypolku', 'Pihlajatie', 'Satamakatu', 'Hämeentie'],
  sv: ['Kyrkogatan', 'Skolvägen', 'Strandstigen', 'Hamngatan', 'Björkgränden', 'Ängsvägen', 'Köpmansgatan', 'Åvägen'],
} as const
/** Postal codes of different ends of the country. */
const towns = {
  fi: [
    '00530 Helsinki',
    '33100 Tampere',
    '90100 Oulu',
    '70100 Kuopio',
    '80100 Joensuu',
    '96200 Rovaniemi',
    '15110 Lahti',
    '60100 Seinäjoki',
    '40100 Jyväskylä',
    '53100 Lappeenranta',
  ],
  sv: [
    '65100 Vasa',
    '22100 Mariehamn',
    '10600 Ekenäs',
    '68600 Jakobstad',
    '06100 Borgå',
    '64200 Närpes',
    '20100 Åbo',
    '02700 Grankulla',
  ],
} as const
const employers = {
  fi: ['Saimaan Puu Oy', 'Kaupan Kulma Oy', 'Pohjan Sähkö Oy', 'Keski-Suomen Leipomo Oy'],
  sv: ['Skärgårdens Fisk Ab', 'Österbottens Trä Ab', 'Nylands Bageri Ab', 'Kustbolaget Ab'],
} as const
const remarks = {
  fi: [
    'Tulot ovat laskeneet syksyn aikana. Palkkatodistus toimitetaan myöhemmin.',
    'Tilanteeni muuttui elokuussa. Selvitys on liitteenä.',
    'Tavoitatte minut parhaiten aamupäivisin. Liitteet lähetän postitse.',
  ],
  sv: [
    'Inkomsterna har sjunkit under hösten. Löneintyget skickas senare.',
    'Min situation ändrades i augusti. En utredning bifogas ansökan.',
    'Ni når mig bäst på förmiddagen. Bilagorna skickar jag per post.',
  ],
} as const

export type Language = 'fi' | 'sv'
/** What an applicant writes on a form, by field name. Nobody real: identity codes use 900 to 999. */
export type Answers = Readonly<Record<string, string>>

/** Draws one applicant's answers to every field a form may have. */
export function drawAnswers(random: Random, language: Language): Answers {
  const name = `${pick(random, familyNames[language])} ${pick(random, firstNames[language])} ${pick(random, firstNames[language])}`
  return {
    hetu: drawHetu(random),
    name,
    address: `${pick(random, streets[language])} ${between(random, 1, 98)} ${pick(random, ['A', 'B', 'C'])} ${between(random, 1, 60)}`,
    postal: pick(random, towns[language]),
    phone: `0${pick(random, ['40', '41', '44', '45', '50'])} ${between(random, 100, 999)} ${between(random, 1000, 9999)}`,
    iban: drawIban(random),
    employer: pick(random, employers[language]),
    child: `${name.split(' ')[0]} ${pick(random, firstNames[language])}`,
    date: drawDate(random, 1, 4),
    date2: drawDate(random, 5, 8),
    amount: drawAmount(random, 300, 2900),
    amount2: drawAmount(random, 20, 900),
    free: pick(random, remarks[language]),
    signdate: drawDate(random, 9, 10),
    sign: name,
  }
}

export function drawHetu(random: Random): string {
  const year = between(random, 1940, 2006)
  const sign = year < 2000 ? pick(random, ['-', '-', '-', 'Y', 'X']) : pick(random, ['A', 'B'])
  const date = `${two(between(random, 1, 28))}${two(between(random, 1, 12))}${two(year % 100)}`
  const individual = between(random, 900, 999)
  return `${date}${sign}${individual}${hetuCheckCharacter(`${date}${individual}`)}`
}

/** A Finnish account number: right by mod 97 and by the account's own check digit. */
export function drawIban(random: Random): string {
  const digits = Array.from({ length: 13 }, (_, index) => (index === 0 ? between(random, 1, 8) : between(random, 0, 9)))
  const sum = digits.reduce((total, digit, index) => {
    const weighted = index % 2 === 0 ? digit * 2 : digit
    return total + (weighted > 9 ? weighted - 9 : weighted)
  }, 0)
  const account = `${digits.join('')}${(10 - (sum % 10)) % 10}`
  const check = 98n - (BigInt(`${account}151800`) % 97n)
  return `FI${two(Number(check))}${account}`.replace(/(.{4})(?=.)/g, '$1 ')
}

/** A day of 2026, by its months. */
function drawDate(random: Random, from: number, to: number): string {
  return `${between(random, 1, 28)}.${between(random, from, to)}.2026`
}

function drawAmount(random: Random, least: number, most: number): string {
  const whole = String(between(random, least, most)).replace(/(\d)(?=(\d{3})+$)/g, '$1 ')
  return `${whole},${two(between(random, 0, 99))}`
}

export const two = (number: number) => String(number).padStart(2, '0')
