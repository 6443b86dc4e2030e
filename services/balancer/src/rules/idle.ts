import { countsAt, isIn, type Place, type Version } from './rule.ts'
import { type Contradiction, joinStretches, listStretches, listWorld } from './stretches.ts'

type Way = 'export' | 'import'
/** Where a rule does nothing, although it is in force, because another forbids it all there. */
export type Idle = { code: 'idle' | 'idleOut' | 'idleIn'; other: Version }

/** The rules in force of which one closes every way that this one speaks of, wherever it counts. */
export function listIdle(rule: Version, inForce: readonly Version[], places: readonly Place[]): Idle[] {
  const { value, lifts } = rule
  const findCloser = (ways: readonly Way[], here: readonly Place[]) =>
    here.length === 0
      ? undefined
      : inForce.find(
          (other) =>
            other.ruleId !== rule.ruleId &&
            ways.every((way) => closes(other, way)) &&
            here.every((place) => countsAt(other, place, inForce)),
        )
  const tell = (code: Idle['code'], other: Version | undefined) => (other ? [{ code, other }] : [])
  if (value.kind === 'weight') return []
  if (value.kind === 'quota') {
    const listAt = (id: string) => places.filter((place) => isIn(place, id))
    const closer = findCloser(['export'], listAt(value.giver)) ?? findCloser(['import'], listAt(value.receiver))
    return tell('idle', closer)
  }
  const here = places.filter((place) => countsAt(rule, place, inForce))
  const both = findCloser(['export', 'import'], here)
  // What an exception sets aside may bind either way.
  if (both || value.kind === 'blackout' || lifts.length > 0) return tell('idle', both)
  const out = () => findCloser(['export'], here)
  const into = () => findCloser(['import'], here)
  switch (value.kind) {
    case 'export':
    case 'shareOut':
      return tell('idle', out())
    case 'import':
    case 'shareIn':
    case 'accept':
      return tell('idle', into())
    case 'threshold':
    case 'reach':
      return [...tell('idleOut', out()), ...tell('idleIn', into())]
  }
}

/** The same of a rule that is being written, on the days it is for. */
export function listIdleDays(
  written: Version,
  versions: readonly Version[],
  places: readonly Place[],
): Contradiction[] {
  const found = listStretches(written, listWorld(written, versions)).flatMap(({ from, to, others }) =>
    listIdle(written, [...others, written], places).map((idle) => ({ ...idle, from, to })),
  )
  return joinStretches(found)
}

function closes({ value }: Version, way: Way): boolean {
  switch (value.kind) {
    case 'blackout':
      return true
    case 'export':
    case 'import':
      return value.kind === way && !value.allow
    case 'accept':
      return way === 'import' && value.benefits.length === 0
    case 'shareOut':
      return way === 'export' && value.max === 0
    case 'shareIn':
      return way === 'import' && value.max === 0
    case 'reach':
    case 'threshold':
    case 'quota':
    case 'weight':
      return false
  }
}
