import {
  addDays,
  type Benefit,
  type Hetu,
  hetuCheckCharacter,
  type IsoDate,
  type Language,
  parseHetu,
  revealHetu,
} from '@tasain/vocabulary'
import { drawName } from './names.ts'
import type { Random } from './random.ts'

export type Applicant = { applicantName: string; hetu: Hetu }

/** Ages of those who apply, from and to. */
const ages: Readonly<Record<Benefit, readonly [number, number]>> = {
  TO: [18, 70],
  YA: [18, 64],
  SP: [18, 66],
  TT: [18, 64],
  OT: [17, 32],
  SH: [18, 95],
  EA: [65, 98],
  KU: [18, 64],
  VP: [20, 45],
  KH: [20, 45],
  EL: [63, 90],
  LL: [20, 45],
  VA: [16, 95],
}

/** A made-up applicant with an identity code no real person can have, none of them in `taken`, to which it is added. */
export function drawApplicant(
  random: Random,
  benefit: Benefit,
  language: Language,
  today: IsoDate,
  taken: Set<string>,
): Applicant {
  const [from, to] = ages[benefit]
  for (;;) {
    const age = (from + random() * (to - from)) * 365.25
    const hetu = makeTestHetu(addDays(today, -Math.round(age)), 900 + Math.floor(random() * 100))
    const code = revealHetu(hetu)
    if (taken.has(code)) continue
    taken.add(code)
    return { applicantName: drawName(random, language), hetu }
  }
}

/** The code of somebody born on a date. @throws RangeError unless the individual number is 900 to 999. */
export function makeTestHetu(bornOn: IsoDate, individual: number): Hetu {
  if (individual < 900 || individual > 999) throw new RangeError('an individual number of a test is 900 to 999')
  const date = `${bornOn.slice(8, 10)}${bornOn.slice(5, 7)}${bornOn.slice(2, 4)}`
  const sign = bornOn < '1900' ? '+' : bornOn < '2000' ? '-' : 'A'
  const hetu = parseHetu(`${date}${sign}${individual}${hetuCheckCharacter(`${date}${individual}`)}`)
  if (hetu === undefined) throw new RangeError('the date gives no identity code')
  return hetu
}
