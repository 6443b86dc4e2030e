// Letters of Finnish, Swedish and the Sámi languages are letters of their own and keep their marks: ä is not a.
const own = /[åäöáčđŋšŧžǥǧǩǯʒõâ]/
const folded: Record<string, string> = { æ: 'ä', ø: 'ö', ß: 'ss', ł: 'l' }

/**
 * Text as it is searched: lower case, without marks foreign to the languages used here (é is e, ü is u).
 * Length may change. Independent of the database's locale.
 */
export function foldText(text: string): string {
  return Array.from(text.normalize('NFC').toLowerCase(), foldLetter).join('')
}

function foldLetter(letter: string): string {
  if (letter < '\u0080' || own.test(letter)) return letter
  return folded[letter] ?? letter.normalize('NFD').replace(/\p{M}/gu, '')
}
