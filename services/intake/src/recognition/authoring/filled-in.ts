import type { DraftField, FormPlace } from '@tasain/contracts'
import { type IsoDate, parseHetu, parseIban } from '@tasain/vocabulary'
import type { Engine } from '../engine/engine.ts'
import { lookAtField } from '../fields/look.ts'
import { type Grey, identity, isCentreInside } from '../picture/grey.ts'
import { type BlankWord, boxOf } from './blank-words.ts'

/** A form proposed from a copy, and the frames on that in which something may be written. */
type Copy = {
  readonly page: Grey
  readonly words: readonly BlankWord[]
  readonly fields: readonly DraftField[]
  readonly frames: readonly FormPlace[]
}

/**
 * Whether somebody has filled in the copy: an identity code or an account number stands where one is written. One that is
 * printed as an example or in the institution's own address is nobody's.
 */
export async function isFilledIn(engine: Engine, copy: Copy, today: IsoDate): Promise<boolean> {
  const asksFor = (type: DraftField['type']) => copy.fields.some((field) => field.type === type)
  const isWritten = ({ type, place }: Found) => {
    if (copy.frames.some((frame) => isCentreInside(place, frame))) return true
    return type === 'hetu' ? !asksFor('hetu') : copy.frames.length === 0
  }
  if (findNumbers(copy.words).some(isWritten)) return true
  for (const field of copy.fields) {
    const { type } = field
    if (type !== 'hetu' && type !== 'iban') continue
    const read = await lookAtField(engine, copy.page, identity, { ...field, type }, today)
    if (read !== undefined && shapes[type].test(read.value.replace(/\s/g, ''))) return true
  }
  return false
}

/** In a field of its kind so much of a number is somebody's, though a letter of it may be misread. */
const shapes = { hetu: /^\d{6}\D?\d{3}\w$/, iban: /\d{14}/ } as const

type Found = { readonly type: 'hetu' | 'iban'; readonly place: FormPlace }

const ofExamples = /(^|[^\p{L}])(esim|esimerk\p{L}*|malli\p{L}*|t\.? ?ex|exempel\p{L}*|example|e\.g)([^\p{L}]|$)/iu
const longest = 34

/** The identity codes and account numbers among the words that hold by their own rules, however they are parted. */
function findNumbers(words: readonly BlankWord[]): Found[] {
  return words.flatMap((first, start): Found[] => {
    let joined = ''
    for (let end = start; end < words.length; end++) {
      const word = words[end]
      if (word === undefined || word.line !== first.line) return []
      joined += word.text.replace(/[–—−]/g, '-').replace(/[,;:()]/g, '')
      if (joined.length > longest) return []
      const type = parseHetu(joined) ? 'hetu' : parseIban(joined) ? 'iban' : undefined
      if (type !== undefined)
        return isExample(words, first.line) ? [] : [{ type, place: boxOf(words.slice(start, end + 1)) }]
    }
    return []
  })
}

function isExample(words: readonly BlankWord[], line: number): boolean {
  const text = words.filter((word) => word.line === line).map((word) => word.text)
  return ofExamples.test(text.join(' '))
}
