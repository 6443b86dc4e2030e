import { areas, findAreaOf } from './outline.ts'

/** What the reader has chosen: an area of the map, or a district of the table, which may be a part of one. */
export type Choice = { area: string } | { district: string }

/** The choice that an address holds, if there is such a place. */
export function findChoice(search: URLSearchParams, districts: readonly string[]): Choice | undefined {
  const [area, district] = [search.get('area'), search.get('district')]
  if (area !== null && areas.some(({ name }) => name === area)) return { area }
  return district !== null && districts.includes(district) ? { district } : undefined
}

/** The address of a choice; of none, the whole nation's. */
export function pathOfChoice(choice: Choice | undefined): string {
  return choice ? `?${new URLSearchParams(choice).toString()}` : '?'
}

export function isChosen(choice: Choice | undefined, district: string): boolean {
  if (!choice) return false
  return 'area' in choice ? findAreaOf(district) === choice.area : choice.district === district
}
