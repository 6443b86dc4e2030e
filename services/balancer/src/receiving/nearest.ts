type Place = { lat: number; lon: number }

/** Offices other than this one, the nearest first; exact enough to tell which of two is nearer. */
export function nearestFirst<T extends Place>(offices: readonly T[], from: T): T[] {
  const away = ({ lat, lon }: Place) =>
    Math.hypot(lat - from.lat, (lon - from.lon) * Math.cos((from.lat * Math.PI) / 180))
  return offices.filter((office) => office !== from).toSorted((one, other) => away(one) - away(other))
}
