import { allFaces, type Hand } from './draw.ts'
import { type Answers, between, drawHetu, drawIban, type Language, pick, type Random, two } from './people.ts'
import { employers, familyNames, firstNames, sentences, streets, towns } from './varied-words.ts'

/** What stands on the paper, and the value it means: the same but for how amounts and phone numbers are spaced. */
export type Varied = { readonly written: Answers; readonly meant: Answers }

/** Fields people leave empty now and then. */
const optional = ['phone', 'amount2', 'employer', 'free'] as const

/** One applicant's answers in all the ways people write them. Nobody real: identity codes use 900 to 999. */
export function drawVariedAnswers(random: Random, language: Language): Varied {
  const name = drawName(random, language)
  const [amount, amount2] = [drawSum(random, 300, 3900), drawSum(random, 8, 1400)]
  const written: Record<string, string> = {
    hetu: drawHetu(random),
    name,
    address: drawAddress(random, language),
    postal: pick(random, towns[language]),
    phone: drawPhone(random),
    iban: drawIban(random),
    employer: pick(random, employers[language]),
    child: drawName(random, language),
    date: drawDay(random, 1, 12, 2025),
    date2: drawDay(random, 1, 12, 2026),
    amount: amount.written,
    amount2: amount2.written,
    free: drawStory(random, language),
    signdate: drawDay(random, 9, 10, 2026),
    sign: random() < 0.8 ? name : name.split(' ').reverse().join(' '),
  }
  for (const field of optional) if (random() < 0.07) delete written[field]
  const meant: Record<string, string> = { ...written }
  if (written['amount'] !== undefined) meant['amount'] = amount.meant
  if (written['amount2'] !== undefined) meant['amount2'] = amount2.meant
  if (written['phone'] !== undefined) meant['phone'] = written['phone'].replace(/-/g, ' ')
  return { written, meant }
}

function drawName(random: Random, language: Language): string {
  const family = pick(random, familyNames[language])
  const married = random() < 0.08 ? `${family}-${pick(random, familyNames[language]).replace(/^.*[ -]/, '')}` : family
  const first = Array.from({ length: between(random, 1, 3) }, () => pick(random, firstNames[language]))
  return [married, ...new Set(first)].join(' ')
}

function drawAddress(random: Random, language: Language): string {
  const house = `${pick(random, streets[language])} ${between(random, 1, 140)}`
  const kind = random()
  if (kind < 0.2) return house
  if (kind < 0.27) return `c/o ${pick(random, familyNames[language])}, ${house}`
  if (kind < 0.34) return `${language === 'fi' ? 'PL' : 'PB'} ${between(random, 11, 990)}`
  if (kind < 0.44) return `${house} ${language === 'fi' ? 'as.' : 'bost.'} ${between(random, 1, 44)}`
  if (kind < 0.5) return `${house} ${pick(random, ['a', 'b', 'c'])}`
  return `${house} ${pick(random, ['A', 'B', 'C', 'D', 'E', 'G'])} ${between(random, 1, 118)}`
}

function drawPhone(random: Random): string {
  const [area, first, last] = [
    pick(random, ['40', '41', '44', '45', '46', '50']),
    String(between(random, 100, 999)),
    String(between(random, 1000, 9999)),
  ]
  const kind = random()
  if (kind < 0.4) return `0${area} ${first} ${last}`
  if (kind < 0.6) return `0${area}${first}${last}`
  if (kind < 0.75) return `+358 ${area} ${first} ${last}`
  if (kind < 0.85) return `+358${area}${first}${last}`
  if (kind < 0.93) return `0${area}-${first} ${last}`
  return `0${pick(random, ['9', '19', '18', '6'])} ${between(random, 100, 999)} ${two(between(random, 0, 99))}${two(between(random, 0, 99))}`
}

function drawDay(random: Random, from: number, to: number, year: number): string {
  const [day, month] = [between(random, 1, 28), between(random, from, to)]
  return random() < 0.25 ? `${two(day)}.${two(month)}.${year}` : `${day}.${month}.${year}`
}

/** Thousands apart, together or, seldom, behind a point; seldom without cents. A value has its thousands apart. */
function drawSum(random: Random, least: number, most: number): { written: string; meant: string } {
  const whole = String(between(random, least, most))
  const group = (by: string) => whole.replace(/(\d)(?=(\d{3})+$)/g, `$1${by}`)
  const kind = random()
  if (kind > 0.93) return { written: whole, meant: group(' ') }
  const cents = `,${two(between(random, 0, 99))}`
  const written = kind < 0.55 ? group(' ') : kind < 0.85 ? whole : group('.')
  return { written: written + cents, meant: group(' ') + cents }
}

function drawStory(random: Random, language: Language): string {
  const told = Array.from({ length: between(random, 1, 4) }, () => pick(random, sentences[language]))
  return [...new Set(told)].join(' ')
}

const inks = [
  [0.05, 0.05, 0.06],
  [0.05, 0.05, 0.06],
  [0.1, 0.12, 0.45],
  [0.3, 0.3, 0.32],
] as const

/** Whose typewriter or printer it was: its face, its size of 9 to 12 points, its ink and where it sets the line. */
export function drawHand(random: Random): Hand {
  const off = [between(random, -6, 30), between(random, -6, 8)] as const
  return { face: pick(random, allFaces), size: between(random, 38, 50), ink: pick(random, inks), off }
}
