import { geoConicEqualArea, geoPath } from 'd3-geo'
import finland from '../finland.json'

export type Area = { name: string; nameSv: string; path: string; districts: readonly string[] }

export const mapSize = { width: 320, height: 560 } as const

// Lines of latitude that keep Finland's shape from the Archipelago to Utsjoki, and its middle upright.
const projection = geoConicEqualArea()
  .parallels([61, 68])
  .rotate([-26, 0])
  .fitExtent(
    [
      [4, 4],
      [mapSize.width - 4, mapSize.height - 4],
    ],
    {
      type: 'GeometryCollection',
      geometries: finland.features.map(({ geometry }) => ({
        type: 'MultiPolygon' as const,
        coordinates: geometry.coordinates,
      })),
    },
  )
const draw = geoPath(projection)

/** The areas of the map, each with the districts that lie in it. */
export const areas: readonly Area[] = finland.features.map(({ properties, geometry }) => ({
  name: properties.NAMEFIN,
  nameSv: properties.NAMESWE,
  path: draw({ type: 'MultiPolygon', coordinates: geometry.coordinates }) ?? '',
  districts: properties.districts,
}))

export const attribution: Readonly<Record<'fi' | 'sv', string>> = finland.attribution

/** What an area is called in a language. */
export function nameArea(name: string, language: 'fi' | 'sv'): string {
  const area = areas.find((one) => one.name === name)
  return language === 'sv' ? (area?.nameSv ?? name) : name
}

/** Where a place lies on the map, in its pixels. */
export function locate(lat: number, lon: number): { x: number; y: number } | undefined {
  const point = projection([lon, lat])
  return point ? { x: point[0], y: point[1] } : undefined
}

/** The area a district lies in. */
export function findAreaOf(district: string): string | undefined {
  return areas.find(({ districts }) => districts.includes(district))?.name
}
