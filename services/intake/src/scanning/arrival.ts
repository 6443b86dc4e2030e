import type { RefusalCode } from '@tasain/contracts'
import { formatDate, type IsoDate, judgeArrival, type UiLanguage } from '@tasain/vocabulary'

/** Why papers cannot have arrived on this day, or undefined. */
export function findArrivalRefusal(arrivedOn: IsoDate, today: IsoDate, confirmOld: boolean): RefusalCode | undefined {
  const verdict = judgeArrival(arrivedOn, today)
  if (verdict === 'future') return 'application.wrong_date'
  if (verdict === 'tooOld') return 'application.arrived_too_long_ago'
  return verdict === 'old' && !confirmOld ? 'application.arrived_long_ago' : undefined
}

/** Names the date in a refusal, as people write it. */
export function sayArrival(arrivedOn: IsoDate): Record<UiLanguage, string> {
  const date = formatDate(arrivedOn)
  return {
    fi: `Kirjoitettu päivä on ${date}.`,
    sv: `Den skrivna dagen är ${date}.`,
    en: `The date written is ${date}.`,
  }
}
