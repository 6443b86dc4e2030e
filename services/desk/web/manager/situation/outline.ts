import finland from '../finland.json'

export type Area = { name: string; nameSv: string; path: string; districts: readonly string[] }

export const mapSize = { width: 320, height: 560 } as const

type Point = { x: number; y: number }

// Albers' equal-area conic projection, whose lines of latitude keep Finland's shape from the Archipelago to Utsjoki and
// whose line of longitude keeps its middle upright.
const radians = (degrees: number) => (degrees * Math.PI) / 180
const [south, north, middle] = [Math.sin(radians(61)), Math.sin(radians(68)), 26]
const cone = (south + north) / 2
const spread = 1 + south * north

function flatten(lat: number, lon: number): Point {
  const radius = Math.sqrt(spread - 2 * cone * Math.sin(radians(lat))) / cone
  const angle = cone * radians(lon - middle)
  return { x: radius * Math.sin(angle), y: radius * Math.cos(angle) }
}

const margin = 4
const corners = finland.features
  .flatMap(({ geometry }) => geometry.coordinates.flat(2))
  .map(([lon = 0, lat = 0]) => flatten(lat, lon))
  .reduce(
    ({ left, right, top, bottom }, { x, y }) => ({
      left: Math.min(left, x),
      right: Math.max(right, x),
      top: Math.min(top, y),
      bottom: Math.max(bottom, y),
    }),
    { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity },
  )
const scale = Math.min(
  (mapSize.width - 2 * margin) / (corners.right - corners.left),
  (mapSize.height - 2 * margin) / (corners.bottom - corners.top),
)

/** Where a place lies on the map, in its pixels. */
export function locate(lat: number, lon: number): Point {
  const { x, y } = flatten(lat, lon)
  return {
    x: mapSize.width / 2 + (x - (corners.left + corners.right) / 2) * scale,
    y: mapSize.height / 2 + (y - (corners.top + corners.bottom) / 2) * scale,
  }
}

function draw(polygons: readonly (readonly (readonly number[])[])[][]): string {
  return polygons.flat().map(drawRing).join('')
}

function drawRing(ring: readonly (readonly number[])[]): string {
  const points = ring.map(([lon = 0, lat = 0]) => locate(lat, lon))
  return `M${points.map(({ x, y }) => `${x.toFixed(2)},${y.toFixed(2)}`).join('L')}Z`
}

/** The areas of the map, each with the districts that lie in it. */
export const areas: readonly Area[] = finland.features.map(({ properties, geometry }) => ({
  name: properties.NAMEFIN,
  nameSv: properties.NAMESWE,
  path: draw(geometry.coordinates),
  districts: properties.districts,
}))

export const attribution: Readonly<Record<'fi' | 'sv', string>> = finland.attribution

/** What an area is called in a language. */
export function nameArea(name: string, language: 'fi' | 'sv'): string {
  const area = areas.find((one) => one.name === name)
  return language === 'sv' ? (area?.nameSv ?? name) : name
}

/** The area a district lies in. */
export function findAreaOf(district: string): string | undefined {
  return areas.find(({ districts }) => districts.includes(district))?.name
}
