import { type IsoDate, isBenefit, isIsoDate, isLanguage, judgeArrival } from '@tasain/vocabulary'
import type { Nation, OpenWork } from './nation.ts'

const namedAtOnce = 10
// As the tables check.
const mostMinutes = 10_000
const dayMinutes = 1_440

const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most

/** Refuses a load whole, so that nothing of it is written: @throws with a sentence for each of the first rows at fault. */
export function refuseFaults(faults: readonly string[]): void {
  if (faults.length === 0) return
  const more = faults.length > namedAtOnce ? [`And ${faults.length - namedAtOnce} more.`] : []
  throw new Error(['Nothing was loaded.', ...faults.slice(0, namedAtOnce), ...more].join('\n'))
}

/** What keeps rows of open work from being loaded, by the place of the row, 1 = the first. Without a day dates may be any. */
export function listWorkFaults(
  work: readonly OpenWork[],
  offices: ReadonlySet<string>,
  today: IsoDate | undefined,
): string[] {
  return work.flatMap((row, index) => {
    const { benefit, language, officeId, arrivedOn, minutes } = row
    const arrival = isIsoDate(arrivedOn) && today !== undefined ? judgeArrival(arrivedOn, today) : 'good'
    return [
      ...(isBenefit(benefit) ? [] : [`there is no benefit "${String(benefit)}".`]),
      ...(isLanguage(language) ? [] : [`there is no language "${String(language)}".`]),
      ...(offices.has(officeId) ? [] : [`there is no office ${officeId}: load the nation first.`]),
      ...(isIsoDate(arrivedOn) ? [] : [`"${arrivedOn}" is no date.`]),
      ...(arrival === 'future' ? [`it cannot arrive on ${arrivedOn}, which is still to come.`] : []),
      ...(arrival === 'tooOld' ? [`it cannot have arrived on ${arrivedOn}, more than five years ago.`] : []),
      ...(isWhole(minutes, 1, mostMinutes) ? [] : [`its minutes are ${minutes}, not from 1 to ${mostMinutes}.`]),
    ].map((fault) => `Row ${index + 1}: ${fault}`)
  })
}

/** What keeps a nation from being loaded. */
export function listNationFaults({ regions, districts, offices, benefits, handlers }: Nation): string[] {
  const areas = new Set([...regions, ...districts].map(({ id }) => id))
  const regionIds = new Set(regions.map(({ id }) => id))
  return [
    ...districts.filter(({ id }) => regionIds.has(id)).map(({ id }) => `District ${id} has the id of a region.`),
    ...offices.flatMap(({ id, lat, lon, number }) => [
      ...(areas.has(id) ? [`Office ${id} has the id of a district or region.`] : []),
      ...(Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? [] : [`Office ${id} lies nowhere: ${lat}, ${lon}.`]),
      ...(isWhole(number, 1, 9_999) ? [] : [`Office ${id} has the number ${number}, not one from 1 to 9999.`]),
    ]),
    ...benefits.flatMap(({ code, minutes }) => [
      ...(isBenefit(code) ? [] : [`There is no benefit "${String(code)}" to have an effort.`]),
      ...(isWhole(minutes, 1, mostMinutes)
        ? []
        : [`Benefit ${code} takes ${minutes} minutes, not 1 to ${mostMinutes}.`]),
    ]),
    ...handlers.flatMap(({ subject, benefits: able, languages, minutesPerDay }) => [
      ...able
        .filter((code) => !isBenefit(code))
        .map((code) => `Handler ${subject}: there is no benefit "${String(code)}".`),
      ...languages
        .filter((code) => !isLanguage(code))
        .map((code) => `Handler ${subject}: there is no language "${String(code)}".`),
      ...(isWhole(minutesPerDay, 0, dayMinutes) ? [] : [`Handler ${subject} has ${minutesPerDay} minutes a day.`]),
    ]),
  ]
}
