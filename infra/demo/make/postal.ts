import { readFileSync } from 'node:fs'
import type { PostalArea } from '../nation.ts'
import { contains, distanceKm, type Feature, findCentre } from './geo.ts'
import type { Scenario, ScenarioOffice } from './scenario.ts'

type PostalRow = { postcode: string; municipal_code: string }

// Helsinki has three offices and the data stop at the municipality, so its parts are told apart by the code.
const helsinkiParts: readonly (readonly [shape: RegExp, officeId: string])[] = [
  [/^00(6[3-9]|7)/, 'hel-3'],
  [/^00(8|9)/, 'hel-2'],
]

/** The serving office of every Finnish postal code, as the fewest prefixes. */
export function makePostalAreas(
  scenario: Scenario,
  municipalities: readonly Feature[],
  regions: readonly Feature[],
  postalFile: string,
): PostalArea[] {
  const rows: PostalRow[] = JSON.parse(readFileSync(postalFile, 'utf8'))
  const officeOf = new Map(
    municipalities.map((feature) => [feature.properties.NATCODE, findOffice(scenario, feature, regions)]),
  )
  const codes = rows.map(({ postcode, municipal_code }): [string, string] => {
    const office = officeOf.get(municipal_code)
    if (office === undefined) throw new Error(`Postal code ${postcode} lies in an unknown municipality.`)
    const part = office.startsWith('hel-') ? helsinkiParts.find(([shape]) => shape.test(postcode)) : undefined
    return [postcode, part?.[1] ?? office]
  })
  return compress(codes, '', undefined)
}

/** The town's own office, else the nearest one of the same maakunta, as the scenario reckoned the arrivals. */
function findOffice(scenario: Scenario, municipality: Feature, regions: readonly Feature[]): string {
  const own = scenario.offices.find((office) => office.municipality_code === municipality.properties.NATCODE)
  if (own !== undefined) return own.id
  const centre = findCentre(municipality)
  const region = regions.find((feature) => contains(feature, centre))?.properties.NAMEFIN
  const districts = scenario.districts.filter(({ maakunta_fi }) => region?.startsWith(maakunta_fi)).map(({ id }) => id)
  const near = scenario.offices.filter(({ district }) => districts.includes(district))
  const distance = ({ lon, lat }: ScenarioOffice) => distanceKm(centre, [lon, lat])
  const nearest = (near.length > 0 ? near : scenario.offices).toSorted((a, b) => distance(a) - distance(b))[0]
  if (nearest === undefined) throw new Error('The scenario has no offices.')
  return nearest.id
}

/** One prefix for the commonest office of a branch, longer ones for the others; single digits always have a prefix. */
function compress(
  codes: readonly (readonly [string, string])[],
  prefix: string,
  outer: string | undefined,
): PostalArea[] {
  if (codes.length === 0) return []
  const office = prefix.length === 0 || isSettled(codes, outer) ? outer : findCommonest(codes)
  const here = office === undefined || office === outer ? [] : [{ prefix, officeId: office }]
  if (prefix.length === 5 || isSettled(codes, office)) return here
  const below = Array.from('0123456789', (digit) => {
    const branch = codes.filter(([code]) => code.charAt(prefix.length) === digit)
    return compress(branch, prefix + digit, office)
  })
  return [...here, ...below.flat()]
}

function isSettled(codes: readonly (readonly [string, string])[], office: string | undefined): boolean {
  return codes.every(([, served]) => served === office)
}

function findCommonest(codes: readonly (readonly [string, string])[]): string | undefined {
  const counts = new Map<string, number>()
  for (const [, office] of codes) counts.set(office, (counts.get(office) ?? 0) + 1)
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))[0]?.[0]
}
