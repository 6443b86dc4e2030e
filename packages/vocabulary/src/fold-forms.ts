/** A text with its characters in plain forms; `spanOf` says where in the text a folded character came from. */
export type FoldedForms = { folded: string; spanOf: (index: number) => readonly [from: number, to: number] }

// Latin text is what nearly all text is, and folds to itself.
const plain = /^[\t\n\r -~\u00c0-\u017f•–—«»€§]*$/
const unseen = /[\p{Cf}\p{Mn}\p{Me}\u115f\u1160\u3164\uffa0]/u
const dash = /[\p{Pd}\u00af\u02c9\u02d7\u2043\u207b\u208b\u2212\u2500\u2501\u30fc\u4e00\u2796]/u
// Letters of other alphabets that look like those a code may have.
const letters = new Map([
  ...pair('АВЕКМНОРСТХУЅІЈ', 'ABEKMHOPCTXYSIJ'),
  ...pair('авекмнорстхуѕіј', 'abekmhopctxysij'),
  ...pair('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
  ...pair('αβεικνορτυχ', 'abeiknoptux'),
])

function pair(from: string, to: string): [string, string][] {
  return Array.from(from).map((letter, index) => [letter, to[index] ?? letter])
}

/**
 * Folds each character for comparison: compatibility forms (full-width, superscript, circled), the digits of other
 * scripts, dashes, blanks and letters that look like Latin ones become plain; what is not seen is dropped.
 */
export function foldForms(text: string): FoldedForms {
  if (plain.test(text)) return { folded: text, spanOf: (index) => [index, index + 1] }
  let folded = ''
  const spans: [number, number][] = []
  let at = 0
  for (const character of text) {
    const span: [number, number] = [at, at + character.length]
    at += character.length
    for (const one of fold(character)) {
      folded += one
      for (let unit = 0; unit < one.length; unit += 1) spans.push(span)
    }
  }
  return { folded, spanOf: (index) => spans[index] ?? [text.length, text.length] }
}

function fold(character: string): string {
  if (character >= ' ' && character <= '~') return character
  let folded = ''
  for (const one of character.normalize('NFKC')) folded += foldOne(one)
  return folded
}

function foldOne(one: string): string {
  if (unseen.test(one)) return ''
  if (/\p{Nd}/u.test(one)) return String(digitOf(one))
  if (/\p{Zs}/u.test(one)) return ' '
  if (dash.test(one)) return '-'
  return letters.get(one) ?? one
}

/** Every script's ten digits stand in order, from nought. */
function digitOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0
  let value = 0
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1
  return value
}
