import type { PlanBlock, PlanStuck, PlanWork } from '@tasain/contracts'
import { canDo } from '../nation/classes.ts'
import type { Nation } from '../nation/nation.ts'
import { type Block, listBlocks, type Rulebook } from '../nation/rules.ts'

/** Says why an office's own hands cannot do the work; undefined when they can. */
export function findHandsBlock(
  nation: Nation,
  office: number | undefined,
  work: Pick<PlanWork, 'benefit' | 'language' | 'protected'>,
): PlanBlock | undefined {
  const { poolFirst } = nation
  const pools = office === undefined ? nation.pools : nation.pools.slice(poolFirst[office], poolFirst[office + 1])
  if (pools.some((pool) => canDo(pool, work))) return undefined
  const all = [...pools, ...nation.idle.filter((pool) => office === undefined || pool.office === office)]
  if (all.some((pool) => canDo(pool, work))) return 'noMinutes'
  const skilled = all.filter((pool) => pool.benefits.has(work.benefit))
  if (skilled.length === 0) return 'noSkill'
  return skilled.some((pool) => pool.languages.has(work.language)) ? 'noClearance' : 'noLanguage'
}

/** Why nobody permitted can do the work, with the rules that stand in the way; `limits` are those a plan used up. */
export function findStuckCause(
  nation: Nation,
  book: Rulebook,
  work: PlanWork,
  limits: readonly Block[],
): PlanStuck['cause'] {
  const hands = findHandsBlock(nation, undefined, work)
  if (hands !== undefined) return { code: hands, rules: [] }
  if (work.movable === false) return { code: 'pinned', rules: [] }
  const home = nation.officeIndex.get(work.office) ?? -1
  const leaving = book.exportBlocks[home] ?? []
  const found = leaving.length > 0 ? leaving : [...listArrivalBlocks(nation, book, home, work), ...limits]
  return { code: found[0]?.code ?? 'noMinutes', rules: [...new Set(found.map(({ rule }) => rule))] }
}

/** The blocks of all capable offices, the code met most often first. */
function listArrivalBlocks(nation: Nation, book: Rulebook, home: number, work: PlanWork): Block[] {
  const capable = new Set(nation.pools.filter((pool) => canDo(pool, work)).map((pool) => pool.office))
  const blocks = [...capable].flatMap((office) => listBlocks(book, nation, home, office, work.benefit))
  const times = new Map<PlanBlock, number>()
  for (const { code } of blocks) times.set(code, (times.get(code) ?? 0) + 1)
  return blocks.toSorted((a, b) => (times.get(b.code) ?? 0) - (times.get(a.code) ?? 0))
}
