import { type CommonField, commonFields, type DraftField, isCommonField, type WrittenType } from '@tasain/contracts'
import { matchLabel } from '../fields/labels.ts'

/** `guessed`: the label does not say for certain what is written there. */
export type Named = Pick<DraftField, 'name' | 'type' | 'guessed'>

/** Words that say a moment begins or ends there, whatever else the label is about. */
const ofBeginning = /alkoi(vat)?\b|alka(a|vat)\b|alkanut\b|alkaen\b|lähtien\b|\bbörja|från och med|fr\. ?o\. ?m/i
const ofEnd =
  /päätty(y|vät|i|ivät|nyt)\b|loppuu\b|loppui\b|saakka\b|\basti\b|\bsluta|\bupphör|till och med|t\. ?o\. ?m/i

/**
 * What the words of a label say of what is to be written, when the whole label is none we know. The first that fits; how
 * a value is written says more than what it is called, and a word more than a part of one.
 */
const hints: readonly (readonly [RegExp, WrittenType, 'sure' | 'guess'])[] = [
  [/iban|tilinumero|tilille|kontonummer|konto\b/i, 'iban', 'sure'],
  [/henkilötunnu|personbeteckning|sosiaaliturvatunnu|identity code/i, 'hetu', 'sure'],
  [/sähköposti|e-?post\b|e-?postadress|e-?mail/i, 'email', 'sure'],
  [/puhelin|telefon|phone/i, 'phone', 'sure'],
  [/postinumero|postnummer|postal code/i, 'postal', 'sure'],
  [/p[pv]\.? ?kk|dd\.? ?mm|p\.k\.v/i, 'date', 'sure'],
  [/euro|€|\bmk\b|\beur\b|\((e|e\/kk|€\/kk)\)/i, 'amount', 'sure'],
  // A time of day, not a day.
  [/\bklo\b|kellonaika|klockslag|\bkl\b/i, 'line', 'guess'],
  [/päivämäärä|päiväys|\bpvm\b|päivä\b|datum|\bdate\b/i, 'date', 'sure'],
  [/^(milloin|koska|när|when)\b/i, 'date', 'guess'],
  [new RegExp(`${ofBeginning.source}|${ofEnd.source}`, 'i'), 'date', 'guess'],
  [/(?<!luku|tunti)määrä\b|belopp|palkka\b|tulot\b|\blön\b|inkomst|hyra\b|vuokra\b|avgift|maksu\b/i, 'amount', 'guess'],
  [/allekirjoitus|underskrift|nimenselven|namnförtyd|signature/i, 'name', 'sure'],
  [/\bnimi|nimi\b|\bnamn|namn\b|etunime|sukunim|förnamn|efternamn|\bname\b/i, 'name', 'guess'],
]
/** A cell as high as this is for more than one line. */
const tall = 170

/**
 * Names the field of a cell by its printed label and decides what is written there. A name every form shares is given
 * once; later fields of the kind get one made of their label. `taken` holds the names given so far and is added to.
 */
export function nameField(label: string, height: number, isComb: boolean, taken: Set<string>): Named {
  const named = matchLabel(label)
  const [, hinted, sureness] = hints.find(([pattern]) => pattern.test(label)) ?? [undefined, 'line', 'guess']
  const isText = height >= tall && !isComb
  const type: WrittenType = isText ? 'text' : (named?.type ?? hinted)
  const own =
    named !== undefined && isCommonField(named.name) && hasRightType(named.name, type) ? named.name : undefined
  const name = [own, ...listUsual(label, type)].find((one) => one !== undefined && !taken.has(one))
  const chosen = name ?? makeName(label, type, taken)
  taken.add(chosen)
  return { name: chosen, type, ...(isText || named || sureness === 'sure' ? {} : { guessed: true }) }
}

/** A name for a box to tick, made of the words beside it. */
export function nameTick(label: string, taken: Set<string>): string {
  const name = makeName(label, 'line', taken)
  taken.add(name)
  return name
}

function hasRightType(name: CommonField, type: WrittenType): boolean {
  const fixed: string | undefined = commonFields[name]
  return fixed === undefined || fixed === type
}

const ofOthers =
  /puoliso|\bmake\b|maka|maken|lapse|lapsi|barn|huoltaj|vårdnad|vuokranant|hyresvärd|edunvalv|intressebev|asiamie|ombud|toinen|andra/i

/** Names usual for what is written, where the label names nobody but the applicant. */
function listUsual(label: string, type: WrittenType): string[] {
  if (/allekirjoitus|underskrift|signature/i.test(label)) return type === 'date' ? ['signdate'] : ['sign']
  if (type === 'text') return ['free']
  if (type === 'date')
    return /syntymä|född|födelse|birth/i.test(label) ? [] : ofEnd.test(label) ? ['date2', 'date'] : ['date', 'date2']
  if (type === 'amount') return ['amount', 'amount2']
  if (ofOthers.test(label)) return []
  if (/työnanta|arbetsgiv|employer/i.test(label)) return type === 'line' || type === 'name' ? ['employer'] : []
  if (type === 'line') return /osoite|adress/i.test(label) ? ['address'] : []
  return type === 'iban' || type === 'phone' || type === 'postal' || type === 'hetu' ? [type] : []
}

function makeName(label: string, type: WrittenType, taken: ReadonlySet<string>): string {
  // What stands in brackets says how it is written, not what it is.
  const [first = 'field', ...more] = toAscii(label.replace(/(?<=\p{L}.*)\([^)]*\)/gu, ''))
    .split(/[^a-z0-9]+/)
    .filter((word) => /^[a-z]/.test(word) && word.length > 1)
  const name =
    type === 'hetu'
      ? `${first}Hetu`
      : more.reduce((joined, word) => (joined.length + word.length > 24 ? joined : joined + capitalise(word)), first)
  const short = name.slice(0, 32)
  if (!taken.has(short)) return short
  for (let number = 2; ; number++) if (!taken.has(`${short}${number}`)) return `${short}${number}`
}

const capitalise = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const toAscii = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
