import { addDays, type IsoDate } from '@tasain/vocabulary'
import { laterOf, listSpans, type Version } from './rule.ts'

/** The days on which something is so; `to` null = until further notice. */
export type Days = { from: IsoDate; to: IsoDate | null }
type Code =
  | ('same' | 'orderBlocked' | 'blocksOrder' | 'endBlocksOrder' | 'endsOverlap' | 'circle' | 'liftsNothing')
  /** These keep no rule from being saved. */
  | ('idle' | 'idleOut' | 'idleIn')
/** Why a rule cannot stand beside the others: `other` is the one in the way, where there is one. */
export type Contradiction = Days & { code: Code; other: Version | undefined }

/** The other rules as they hold on any of the days the written one is for. */
export function listWorld(written: Version, versions: readonly Version[]): Version[] {
  const others = versions.filter(({ ruleId }) => ruleId !== written.ruleId)
  const spans = [...Map.groupBy(others, ({ ruleId }) => ruleId).values()].flatMap(listSpans)
  return spans.filter((span) => findOverlap(span, written) !== undefined)
}

/** The rule's own versions, as they would hold on those days if it were neither changed nor ended. */
export function listOwn(rule: Version, versions: readonly Version[]): Version[] {
  const own = listSpans(versions.filter(({ ruleId, version }) => ruleId === rule.ruleId && version < rule.version))
  return own.filter((span) => findOverlap(span, rule) !== undefined)
}

export function findOverlap(one: Days, other: Days): Days | undefined {
  const from = laterOf(one.from, other.from)
  const ends = [one.to, other.to].filter((to) => to !== null).toSorted()
  const to = ends[0] ?? null
  return to === null || from <= to ? { from, to } : undefined
}

type Stretch = Days & { others: Version[] }

/** The written rule's days cut where any other rule begins or ends, each stretch with the others in force on it. */
export function listStretches(written: Days, world: readonly Version[]): Stretch[] {
  const turns = world.flatMap(({ from, to }) => [from, ...(to === null ? [] : [addDays(to, 1)])])
  const inside = turns.filter((day) => day > written.from && (written.to === null || day <= written.to))
  const starts = [...new Set([written.from, ...inside])].toSorted()
  return starts.map((from, index) => {
    const next = starts[index + 1]
    const others = world.filter((other) => other.from <= from && (other.to === null || other.to >= from))
    return { from, to: next === undefined ? written.to : addDays(next, -1), others }
  })
}

/** Stretches that follow one another with the same rule in the way are one. */
export function joinStretches(found: readonly Contradiction[]): Contradiction[] {
  const joined: Contradiction[] = []
  for (const one of found) {
    const before = joined.find(
      ({ code, other, to }) => code === one.code && other === one.other && to !== null && addDays(to, 1) === one.from,
    )
    if (before) before.to = one.to
    else joined.push({ ...one })
  }
  return joined
}
