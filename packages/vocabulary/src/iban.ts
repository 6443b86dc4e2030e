/** Lengths of the IBANs of the SEPA countries, by country code. */
const lengths: Readonly<Record<string, number>> = {
  AD: 24,
  AL: 28,
  AT: 20,
  BE: 16,
  BG: 22,
  CH: 21,
  CY: 28,
  CZ: 24,
  DE: 22,
  DK: 18,
  EE: 20,
  ES: 24,
  FI: 18,
  FR: 27,
  GB: 22,
  GI: 23,
  GR: 27,
  HR: 21,
  HU: 28,
  IE: 22,
  IS: 26,
  IT: 27,
  LI: 21,
  LT: 20,
  LU: 20,
  LV: 21,
  MC: 27,
  MD: 24,
  ME: 22,
  MK: 19,
  MT: 31,
  NL: 18,
  NO: 15,
  PL: 28,
  PT: 25,
  RO: 24,
  RS: 22,
  SE: 24,
  SI: 19,
  SK: 24,
  SM: 27,
  VA: 22,
}

/**
 * Reads an account number and writes it as people do, in groups of four: `FI66 5493 6567 2415 42`. Blanks and case do
 * not matter. Undefined when the country, the length, the IBAN check (mod 97) or, for a Finnish account, the account's
 * own check digit is wrong.
 */
export function parseIban(text: string): string | undefined {
  const compact = text.replace(/\s/g, '').toUpperCase()
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]+$/.test(compact)) return undefined
  const country = compact.slice(0, 2)
  if (lengths[country] !== compact.length || remainderOf97(compact) !== 1) return undefined
  if (country === 'FI' && !isFinnishAccount(compact.slice(4))) return undefined
  return compact.replace(/(.{4})(?=.)/g, '$1 ')
}

export function isValidIban(text: string): boolean {
  return parseIban(text) !== undefined
}

function remainderOf97(iban: string): number {
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))
  let remainder = 0
  for (const digit of digits) remainder = (remainder * 10 + Number(digit)) % 97
  return remainder
}

/** Fourteen digits of which the last is the Luhn check digit of the others. */
function isFinnishAccount(account: string): boolean {
  if (!/^\d{14}$/.test(account)) return false
  const sum = Array.from(account, Number)
    .reverse()
    .reduce((total, digit, place) => total + (place % 2 === 0 ? digit : sumDigits(digit * 2)), 0)
  return sum % 10 === 0
}

function sumDigits(number: number): number {
  return number > 9 ? number - 9 : number
}
