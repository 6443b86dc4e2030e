import type { FieldReading } from '@tasain/contracts'
import type { IsoDate } from '@tasain/vocabulary'
import type { FieldType } from '../forms/definition.ts'
import { type Look, type Value, writeValue } from './values.ts'

export type Verdict = Pick<FieldReading, 'value' | 'confidence' | 'status' | 'provenance'> & {
  /**
   * Every look agrees, though with little confidence: believed where the page's check digits show it is well legible. Of an
   * invalid value: every look reads it alike.
   */
  readonly likely: boolean
}

type Seen = Value & Look

/** Two agreeing looks are believed from this confidence on; measured so that none of the tuning pages was wrong. */
const leastConfidence: Readonly<Record<FieldType, number>> = {
  hetu: 0,
  iban: 0,
  date: 0.8,
  amount: 0.65,
  phone: 0.8,
  postal: 0.7,
  name: 0.8,
  line: 0.8,
  email: 0.85,
  text: 0.8,
}

/**
 * What is believed of a field after one to three looks at it, best first. `sure` only where the value stands by its own
 * rules and either its check digits prove it (account numbers) or every look agrees with enough confidence. undefined
 * when nothing was read.
 */
export function judge(type: FieldType, looks: readonly Look[], today: IsoDate): Verdict | undefined {
  const seen = toSeen(type, looks, today)
  const standing = seen.filter(({ holds }) => holds)
  const best = chooseBest(standing, type) ?? chooseBest(seen, type)
  if (best === undefined) return undefined
  // How sure a model is of letters it does not have says nothing.
  const believed = seen.filter((look) => look.value === best.value || !isSameBut(look, best.value))
  const confidence = Math.round(Math.min(...believed.map((look) => look.confidence)) * 1000) / 1000
  const provenance = best.mapped ? 'mapped' : 'raw'
  if (standing.length === 0) {
    const proved = type === 'hetu' || type === 'iban' || type === 'date'
    // Read the same again and again: then it stands so on the paper, and it is the writer who slipped.
    const likely = proved && seen.length > 1 && seen.every(({ value }) => value === best.value)
    return { value: best.value, confidence, status: proved ? 'invalid' : 'doubtful', provenance, likely }
  }
  const agreed = (looks.length > 1 || type === 'iban') && isAgreed(type, seen, best, looks.length)
  const sure = agreed && confidence >= leastConfidence[type]
  const highest = Math.max(...seen.map((look) => look.confidence))
  const likely = agreed && looks.length > 2 && highest >= leastHighest && type !== 'text'
  return { value: best.value, confidence, status: sure ? 'sure' : 'doubtful', provenance, likely }
}

/**
 * Whether a third look, dear for many lines, could make running text sure: only where the first two differ by letters that one
 * model lacks. What two looks agree on with little confidence a third makes no surer.
 */
export function mayYetAgree(looks: readonly Look[], today: IsoDate): boolean {
  const [first, second] = toSeen('text', looks, today)
  return first !== undefined && second !== undefined && second.value !== first.value && isSameBut(second, first.value)
}

/** The best of three agreeing looks must reach this for the value to be likely. */
const leastHighest = 0.85

function isAgreed(type: FieldType, seen: readonly Seen[], best: Pick<Seen, 'value'>, looks: number): boolean {
  const others = seen.filter(({ holds }) => holds)
  const mapped = others.every((one) => one.mapped)
  // Two checks prove an account number, unless two different ones were proved.
  if (type === 'iban') return others.every(({ value }) => value === best.value) && (!mapped || others.length > 1)
  if (seen.length < looks || others.length < looks) return false
  if (type === 'amount' && !best.value.includes(',')) return false
  const exact = seen.filter(({ value }) => value === best.value)
  if (exact.length < 2 || !seen.every((look) => isSameBut(look, best.value))) return false
  if (type === 'text' && mayLackDots(best.value)) return false
  if (type === 'name' && mayLackCapital(best.value)) return false
  if (type !== 'text' && isSpelled(type) && hasCapitalWithin(best.value)) return false
  return (
    !isSpelled(type) || !(exact.some((one) => one.mapped || one.crowned || one.unexplained) || mayLackMarks(best.value))
  )
}

/** Whether a field holds words, which no rule proves. */
export const isSpelled = (type: FieldType) => type === 'name' || type === 'line' || type === 'text' || type === 'postal'

function toSeen(type: FieldType, looks: readonly Look[], today: IsoDate): Seen[] {
  return looks
    .filter(({ text }) => text.trim() !== '')
    .map((look) => ({ ...look, ...writeValue(type, look.text, today) }))
}

/** The value most looks share; among equals an amount with its comma, else the first look's. */
function chooseBest(seen: readonly Seen[], type: FieldType): Seen | undefined {
  const votes = (one: Seen) =>
    seen.filter(({ value }) => value === one.value).length + (type === 'amount' && one.value.includes(',') ? 0.5 : 0)
  return seen.reduce<Seen | undefined>(
    (best, one) => (best === undefined || votes(one) > votes(best) ? one : best),
    undefined,
  )
}

/** What the Finnish model, which has no such letters, takes them for. */
const gaps: Readonly<Record<string, string>> = {
  å: 'aäö',
  Å: 'AÄ',
  é: 'eöä6&8',
  É: 'E',
  è: 'e',
  à: 'aä',
  q: 'g',
  Q: 'O0',
}

/** Whether a look found the value, as far as its model has the letters. */
function isSameBut({ value, lacksLetters }: Seen, wanted: string): boolean {
  if (value === wanted) return true
  if (lacksLetters !== true || value.length !== wanted.length) return false
  return wanted.split('').every((letter, at) => value[at] === letter || gaps[letter]?.includes(value[at] ?? ' '))
}

/** Words of a name that are written small. */
const particles = /^(af|al|av|bin|da|de|del|den|der|di|do|dos|du|el|la|le|och|of|van|von|y|zu)$/u

/** Whether a name has a word that begins small and is none of those that do: every look takes the I of Ilkka for an l. */
function mayLackCapital(text: string): boolean {
  return text.split(/[\s-]/).some((word) => /^\p{Ll}/u.test(word) && !particles.test(word))
}

/** Whether a capital stands within a word, where Scottish and French names alone have one: a ß is taken for an R. */
function hasCapitalWithin(text: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(text.replace(/\b(Mac|Mc|De|Di|La|Le|Van)(?=\p{Lu})/gu, ''))
}

/** Beginnings of Swedish names and places that are usual with Å and rare without, and parts with å of which that is so too. */
const ringless =
  /(^|[\s-])A(sa|ke|ker|bo|land|strand|str[oö]m|kesson|hman|ngman|ngstr|vägen|gatan)|(^|[\s-])(Fagel|Hakan|Marten|M[aä]nsson|Palsson|St[aä]hl|Langs|Langv|Skane|Smaland|Rad(s|hus))|gard(en|s|\b)/u
/** An Ä that no front vowel follows begins few words but many a misread Å. */
const misreadRing = /(^|[\s-])Ä(?![iyäö])/u

/**
 * Whether a word may have lost the ring of its Å, or had it taken for dots, or a dot for a ring: on a poor scan every look
 * errs alike.
 */
function mayLackMarks(text: string): boolean {
  if (ringless.test(text) || misreadRing.test(text)) return true
  return text.split(/[\s-]/).some((word) => /åi|åä|äå/iu.test(word) || (/å/iu.test(word) && isFinnish(word)))
}

/**
 * Whether a sentence's first letter may have lost its dots, which stand high above the line: a word that goes on with an a, o
 * or u begins with no Ä, for Finnish does not mix them; of any other nobody can tell. Names are too often such words.
 */
function mayLackDots(text: string): boolean {
  return text.split(/[^\p{L}]+/u).some((word) => word.startsWith('A') && !/[aouå]/u.test(word.slice(1)))
}

/** Whether a word, its å taken for ä, could be Finnish: of those with an ä none has an a, o or u. */
const isFinnish = (word: string) => /ä/iu.test(word) && !/[aou]/iu.test(word)
