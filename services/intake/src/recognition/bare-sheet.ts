import { readSheetCode, separatorCode } from '../scanning/sheets/sheet-code.ts'
import { words as printed } from '../scanning/sheets/words.ts'
import type { ReadWord } from './engine/engine.ts'

/**
 * Whether a page with the code of a cover or a separator is such a sheet and nothing else: it shows few words besides those
 * that we print on ours. A code may also be a sticker on a filled page, which must not vanish.
 */
export function isBareSheet(code: string, words: readonly ReadWord[]): boolean {
  const isOurs = code.trim() === separatorCode || readSheetCode(code)?.kind === 'cover'
  const others = words.filter(
    ({ text, confidence }) => confidence >= 0.5 && /\p{L}{3}|\d{3}/u.test(text) && !ourWords.has(normalise(text)),
  )
  return others.length <= (isOurs ? onOurs : onOthers)
}

/** Our cover names its office, batch, benefit and language; who prints other separators writes a title on them. */
const [onOurs, onOthers] = [14, 5]

const normalise = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
const ourWords = new Set(
  Object.values(printed)
    .flatMap(({ languages, coverHelp, separatorHelp, ...single }) => [
      ...Object.values(languages),
      ...coverHelp,
      ...separatorHelp,
      ...Object.values(single),
    ])
    .flatMap((line) => line.split(' ').map(normalise)),
)
