import { readFileSync } from 'node:fs'

export type Point = readonly [lon: number, lat: number]
type Polygon = Point[][]
export type Feature = {
  type: 'Feature'
  properties: { NATCODE: string; NAMEFIN: string; NAMESWE: string }
  geometry: { type: 'Polygon'; coordinates: Polygon } | { type: 'MultiPolygon'; coordinates: Polygon[] }
}

/** The features of a GeoJSON file, in its own order. */
export function readFeatures(path: string): Feature[] {
  const file: { features: Feature[] } = JSON.parse(readFileSync(path, 'utf8'))
  return file.features
}

/** The outer rings of a feature, the longest first. */
export function listOuterRings({ geometry }: Feature): Point[][] {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  return polygons.flatMap((polygon) => polygon.slice(0, 1)).sort((one, other) => other.length - one.length)
}

/** The centre of gravity of the feature's largest ring, good enough at the size of a municipality. */
export function findCentre(feature: Feature): Point {
  const ring = listOuterRings(feature)[0] ?? []
  let [area, lon, lat] = [0, 0, 0]
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
    const cross = x * nextY - nextX * y
    area += cross
    lon += (x + nextX) * cross
    lat += (y + nextY) * cross
  }
  return [lon / (3 * area), lat / (3 * area)]
}

/** Whether the point lies in one of the feature's outer rings. */
export function contains(feature: Feature, point: Point): boolean {
  return listOuterRings(feature).some((ring) => isInside(ring, point))
}

/** Great-circle distance in kilometres. */
export function distanceKm([lon1, lat1]: Point, [lon2, lat2]: Point): number {
  const radians = Math.PI / 180
  const north = Math.sin(((lat2 - lat1) * radians) / 2) ** 2
  const east = Math.sin(((lon2 - lon1) * radians) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.sqrt(north + Math.cos(lat1 * radians) * Math.cos(lat2 * radians) * east))
}

function isInside(ring: readonly Point[], [lon, lat]: Point): boolean {
  let inside = false
  for (const [index, [x, y]] of ring.entries()) {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y]
    if (y > lat !== nextY > lat && lon < ((nextX - x) * (lat - y)) / (nextY - y) + x) inside = !inside
  }
  return inside
}
