import type { PlanSnapshot, PlanWork } from '@tasain/contracts'
import { findHandsBlock } from '../src/explain/blocks.ts'
import { layOutWork } from '../src/nation/columns.ts'
import { openLimits } from '../src/nation/limits.ts'
import { buildNation } from '../src/nation/nation.ts'
import { type Block, buildRulebook, listBlocks } from '../src/nation/rules.ts'

/** What stands in the way of a move; `rule` is empty when it is the receiver's hands. */
export type MoveBlock = Omit<Block, 'rule'> & { rule?: string }

/**
 * Checks single moves against a snapshot's rules, spent limits and hands, as they are when a plan is applied. The answer
 * lists everything in the way; empty = the move may be made. Throws RangeError on an office the snapshot does not know.
 */
export function makeMoveCheck(
  snapshot: PlanSnapshot,
): (from: string, to: string, work: Pick<PlanWork, 'benefit' | 'language' | 'protected'>) => MoveBlock[] {
  const nation = buildNation(snapshot, layOutWork(snapshot))
  const book = buildRulebook(snapshot, nation)
  openLimits(snapshot, nation, book)
  const getIndex = (id: string): number => {
    const index = nation.officeIndex.get(id)
    if (index === undefined) throw new RangeError(`no office "${id}" in the snapshot`)
    return index
  }
  return (from, to, work) => {
    const hands = findHandsBlock(nation, getIndex(to), work)
    const blocks: MoveBlock[] = listBlocks(book, nation, getIndex(from), getIndex(to), work.benefit)
    return hands === undefined ? blocks : [{ code: hands }, ...blocks]
  }
}
