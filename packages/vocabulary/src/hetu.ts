import type { IsoDate } from './dates.ts'

const checkCharacters = '0123456789ABCDEFHJKLMNPRSTUVWXY'
const shape = /^(\d{6})([-+A-FU-Y])(\d{3})([0-9A-FHJ-NPR-Y])$/
const hiddenText = '[identity code]'

let reveal: (hetu: HetuValue) => string

/** Holds the code where printing, JSON, inspection and cloning cannot reach it. */
class HetuValue {
  readonly #code: string

  static {
    reveal = (hetu) => hetu.#code
  }

  constructor(code: string) {
    this.#code = code
  }

  toString(): string {
    return hiddenText
  }

  toJSON(): string {
    return hiddenText
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hiddenText
  }
}

/** A valid Finnish personal identity code. It prints as `[identity code]`; `revealHetu` is the only way out. */
export type Hetu = HetuValue

/**
 * Reads an identity code in any of its century signs (`+`, `- Y X W V U`, `A B C D E F`). Blanks are dropped and letters
 * raised; undefined when the shape, the date, the individual number (002 to 999) or the check character is wrong.
 * The sign is not covered by the check character, so a misread sign can still give a valid code of somebody else.
 */
export function parseHetu(text: string): Hetu | undefined {
  const code = text.replace(/\s/g, '').toUpperCase()
  const [, date, sign, individual, check] = shape.exec(code) ?? []
  if (date === undefined || sign === undefined || individual === undefined) return undefined
  if (Number(individual) < 2 || hetuCheckCharacter(date + individual) !== check) return undefined
  return findBirthDate(date, sign) === undefined ? undefined : new HetuValue(code)
}

/** The code itself, `DDMMYYsNNNC`, for encryption, comparison and the screen of someone who may see it. */
export function revealHetu(hetu: Hetu): string {
  return reveal(hetu)
}

/** The date of birth the code states. */
export function birthDateOf(hetu: Hetu): IsoDate {
  const code = reveal(hetu)
  const date = findBirthDate(code.slice(0, 6), code.slice(6, 7))
  if (date === undefined) throw new Error('an identity code without a date of birth was let in')
  return date
}

/** Whether the individual number is 900 to 999: given to no real person, so the only ones allowed in fixtures. */
export function isTestHetu(hetu: Hetu): boolean {
  return reveal(hetu).charAt(7) === '9'
}

/** The check character for `DDMMYYNNN`. @throws RangeError unless given nine digits. */
export function hetuCheckCharacter(digits9: string): string {
  if (!/^\d{9}$/.test(digits9)) throw new RangeError('a check character needs nine digits')
  return checkCharacters.charAt(Number(digits9) % checkCharacters.length)
}

function findBirthDate(ddmmyy: string, sign: string): IsoDate | undefined {
  const century = sign === '+' ? '18' : '-UVWXY'.includes(sign) ? '19' : '20'
  const iso = `${century}${ddmmyy.slice(4, 6)}-${ddmmyy.slice(2, 4)}-${ddmmyy.slice(0, 2)}`
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined
}
