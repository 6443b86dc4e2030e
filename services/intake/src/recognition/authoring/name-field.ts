import { type CommonField, commonFields, type FormField, isCommonField, type WrittenType } from '@tasain/contracts'
import { matchLabel } from '../fields/labels.ts'

export type Named = Pick<FormField, 'name' | 'type'>

/** What the words of a label say of what is to be written, when the whole label is none we know. The first that fits. */
const hints: readonly (readonly [RegExp, WrittenType])[] = [
  [/iban|tilinumero|tilille|kontonummer|konto\b/i, 'iban'],
  [/henkilötunnu|personbeteckning|sosiaaliturvatunnu|identity code/i, 'hetu'],
  [/sähköposti|e-?post\b|e-?postadress|e-?mail/i, 'email'],
  [/puhelin|telefon|phone/i, 'phone'],
  [/postinumero|postnummer|postal code/i, 'postal'],
  [
    /pv\.?kk|dd\.mm|p\.k\.v|päivämäärä|päiväys|\bpvm\b|päivä\b|datum|alkaen|lähtien|från och med|fr\.o\.m|\bdate\b/i,
    'date',
  ],
  [/euro|€|\bmk\b|\beur\b|määrä\b|belopp|palkka|tulot|\blön\b|inkomst|\bhyra\b|vuokra|avgift|maksu\b/i, 'amount'],
  [/allekirjoitus|underskrift|nimenselven|namnförtyd|signature/i, 'name'],
  [/\bnimi|nimi\b|\bnamn|namn\b|etunime|sukunim|förnamn|efternamn|\bname\b/i, 'name'],
]
/** A cell as high as this is for more than one line. */
const tall = 170

/**
 * Names the field of a cell by its printed label and decides what is written there. A name every form shares is given
 * once; later fields of the kind get one made of their label. `taken` holds the names given so far and is added to.
 */
export function nameField(label: string, height: number, isComb: boolean, taken: Set<string>): Named {
  const named = matchLabel(label)
  const type: WrittenType = height >= tall && !isComb ? 'text' : (named?.type ?? guessType(label))
  const own =
    named !== undefined && isCommonField(named.name) && hasRightType(named.name, type) ? named.name : undefined
  const name = [own, ...listUsual(label, type)].find((one) => one !== undefined && !taken.has(one))
  const chosen = name ?? makeName(label, type, taken)
  taken.add(chosen)
  return { name: chosen, type }
}

/** A name for a box to tick, made of the words beside it. */
export function nameTick(label: string, taken: Set<string>): string {
  const name = makeName(label, 'line', taken)
  taken.add(name)
  return name
}

function guessType(label: string): WrittenType {
  return hints.find(([pattern]) => pattern.test(label))?.[1] ?? 'line'
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
  if (type === 'date') return ['date', 'date2']
  if (type === 'amount') return ['amount', 'amount2']
  if (ofOthers.test(label)) return []
  if (/työnanta|arbetsgiv|employer/i.test(label)) return type === 'line' || type === 'name' ? ['employer'] : []
  if (type === 'line') return /osoite|adress/i.test(label) ? ['address'] : []
  return type === 'iban' || type === 'phone' || type === 'postal' || type === 'hetu' ? [type] : []
}

function makeName(label: string, type: WrittenType, taken: ReadonlySet<string>): string {
  const [first = 'field', ...more] = toAscii(label)
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
