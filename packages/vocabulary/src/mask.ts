import { foldForms } from './fold-forms.ts'
import { hetuCheckCharacter } from './hetu.ts'

const digit = '[0-9OoQDIil|!SsBZzGg]'
// Text recognition may put one blank between any two boxes of a comb field, and people two between the parts.
const gap = '[^\\S\\n\\r]{0,2}'
const six = Array.from({ length: 6 }, () => digit).join(gap)
const three = Array.from({ length: 3 }, () => digit).join(gap)
const sign = "[-‐‑‒–—―−¬+_~=.,:;'*/A-FU-Ya-fu-y]"
const check = '(?:[A-Za-z]|\\d(?!\\d))'
const candidate = new RegExp(`(?<![0-9])(${six})(?:\\s{0,3}(${sign})\\s{0,3}|\\s?)(${three})${gap}(${check})`, 'g')
const strongSign = /[-‐‑‒–—―−+_~A-FU-Ya-fu-y]/
const lookAlikes: Readonly<Record<string, string>> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  '|': '1',
  '!': '1',
  S: '5',
  B: '8',
  Z: '2',
  G: '6',
}
const leastRealDigits = 7

/**
 * Hides everything shaped like an identity code, and near-misses of text recognition: look-alike letters for digits,
 * blanks around the sign or between boxes, lower case, a lost sign when the check character agrees. Digits, letters and
 * signs count in every form Unicode has of them, with or without unseen characters between. Each hidden character becomes
 * one `•` and blanks stay, so the length and all offsets hold, and other text stays as it was written. It would rather
 * hide too much than too little; run it over the whole text, since a code may be split between words.
 */
export function maskHetus(text: string): string {
  const { folded, spanOf } = foldForms(text)
  let masked = ''
  let done = 0
  candidate.lastIndex = 0
  for (let found = candidate.exec(folded); found !== null; found = candidate.exec(folded)) {
    if (looksLikeHetu(found)) {
      const end = found.index + found[0].length
      const [from] = spanOf(found.index)
      const [, to] = spanOf(end - 1)
      masked += text.slice(done, from) + text.slice(from, to).replace(/\S/g, '•')
      done = to
      candidate.lastIndex = end
    } else {
      // A real code may begin inside what was rejected.
      candidate.lastIndex = found.index + 1
    }
  }
  return masked + text.slice(done)
}

/** Whether nothing in the text is shaped like an identity code. */
export function isFreeOfHetus(text: string): boolean {
  return maskHetus(text) === text
}

function looksLikeHetu([, date = '', mark, individual = '', last = '']: RegExpExecArray): boolean {
  const written = `${date}${individual}`
  if (written.replace(/[^0-9]/g, '').length < leastRealDigits) return false
  if (mark !== undefined && strongSign.test(mark)) return true
  const digits = readDigits(written)
  return isDayAndMonth(digits) && hetuCheckCharacter(digits) === last.toUpperCase()
}

function readDigits(written: string): string {
  return written.replace(/\s/g, '').replace(/[^0-9]/g, (letter) => lookAlikes[letter.toUpperCase()] ?? '0')
}

function isDayAndMonth(digits: string): boolean {
  const day = Number(digits.slice(0, 2))
  const month = Number(digits.slice(2, 4))
  return day >= 1 && day <= 31 && month >= 1 && month <= 12
}
