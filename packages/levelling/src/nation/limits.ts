import type { PlanSnapshot } from '@tasain/contracts'
import type { Nation } from './nation.ts'
import { type Block, isIn, type Rulebook } from './rules.ts'

/** At most `most` minutes, and if ordered at least `least`, may go over these ways together; `at` is a share's office. */
export type Limit = Block & { at: string; most: number; least: number; ways: number[] }

/**
 * The limits still open today. Ways of a limit that is spent are closed in the rulebook, so that their arcs are absent
 * like those of any other rule. Call before classes and model are built.
 */
export function openLimits(snapshot: PlanSnapshot, nation: Nation, book: Rulebook): Limit[] {
  const n = nation.offices.length
  const all: Limit[] = []
  for (const { rule, holds } of book.active) {
    if (rule.kind === 'quota') {
      const ways: number[] = []
      for (let from = 0; from < n; from++)
        for (let to = 0; to < n; to++) {
          const ends = holds[from] === 1 && holds[to] === 1 && from !== to
          if (ends && isIn(nation, from, rule.giver) && isIn(nation, to, rule.receiver)) ways.push(from * n + to)
        }
      const used = sumUsed(snapshot, rule.id)
      const [most, least] = [rule.minutesPerMonth - used, Math.max(0, (rule.minMinutes ?? 0) - used)]
      all.push({ code: 'quota', rule: rule.id, at: '', most, least, ways })
    }
    if (rule.kind === 'shareOut' || rule.kind === 'shareIn')
      for (let office = 0; office < n; office++) {
        if (holds[office] !== 1) continue
        const base =
          rule.kind === 'shareIn'
            ? (nation.rate[office] ?? 0)
            : (nation.offices[office]?.minutesAtMidnight ?? nation.open[office] ?? 0)
        // A share such as 0.07 of 300 is 21 minutes to people, whatever binary fractions make of it.
        const most = Math.floor(rule.max * base + 1e-6) - sumUsed(snapshot, rule.id, nation.offices[office]?.id)
        const ways = listWays(n, office, rule.kind)
        all.push({ code: rule.kind, rule: rule.id, at: nation.offices[office]?.id ?? '', most, least: 0, ways })
      }
  }
  for (const limit of all) if (limit.most <= 0) closeWays(book, limit)
  return all.filter(({ most, least }) => most > 0 || least > 0)
}

function listWays(n: number, office: number, kind: 'shareOut' | 'shareIn'): number[] {
  const ways: number[] = []
  for (let other = 0; other < n; other++)
    if (other !== office) ways.push(kind === 'shareOut' ? office * n + other : other * n + office)
  return ways
}

function closeWays(book: Rulebook, { code, rule, ways }: Limit): void {
  for (const way of ways) book.spent.set(way, [...(book.spent.get(way) ?? []), { code, rule }])
}

/** An entry without an office counts for the rule as a whole, and so for each of its offices. */
function sumUsed(snapshot: PlanSnapshot, rule: string, office?: string): number {
  let minutes = 0
  for (const spent of snapshot.used ?? [])
    if (spent.rule === rule && (office === undefined || spent.office === undefined || spent.office === office))
      minutes += spent.minutes
  return minutes
}
