import { writeFileSync } from 'node:fs'
import { type Feature, listOuterRings } from './geo.ts'
import type { Scenario } from './scenario.ts'

const attribution = {
  fi: 'Maakuntarajat: Maanmittauslaitos 2024, CC BY 4.0, yksinkertaistettu',
  sv: 'Landskapsgränser: Lantmäteriverket 2024, CC BY 4.0, förenklade',
}

/**
 * Writes the outline for the manager's map: one polygon per maakunta, to about a hundred metres, with the districts inside
 * it. Rings run clockwise.
 */
export function writeMap(path: string, scenario: Scenario, regions: readonly Feature[]): void {
  const districts = Object.fromEntries(
    scenario.districts.map(({ id, maakunta_fi }) => [id, getRegionName(regions, maakunta_fi)]),
  )
  const features = regions
    .map((region) => outlineRegion(region, districts))
    .toSorted((a, b) => (a.properties.NAMEFIN < b.properties.NAMEFIN ? -1 : 1))
  writeFileSync(path, `${JSON.stringify({ type: 'FeatureCollection', attribution, districts, features })}\n`)
}

function outlineRegion(region: Feature, districts: Readonly<Record<string, string>>) {
  const { NATCODE, NAMEFIN, NAMESWE } = region.properties
  const own = Object.keys(districts).filter((id) => districts[id] === NAMEFIN)
  const coordinates = listOuterRings(region).map((ring) => [ring.map((point) => point.map(roundDegrees))])
  return {
    type: 'Feature',
    properties: { NATCODE, NAMEFIN, NAMESWE, districts: own },
    geometry: { type: 'MultiPolygon', coordinates },
  }
}

function getRegionName(regions: readonly Feature[], maakunta: string): string {
  // The map says "Ahvenanmaan maakunta" where the scenario says "Ahvenanmaa".
  const region = regions.find(({ properties }) => properties.NAMEFIN.startsWith(maakunta))
  if (region === undefined) throw new Error(`The map has no ${maakunta}.`)
  return region.properties.NAMEFIN
}

function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1000) / 1000
}
