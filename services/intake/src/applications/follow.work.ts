import { divideSeenStack, findStack } from '../indexing/documents/divide.store.ts'
import { askAboutBlanks, askAboutTwins } from '../indexing/documents/question.store.ts'
import type { IntakeTx } from '../schema.ts'
import { isAnyRestricted, listIncomplete } from './application.store.ts'
import { settleApplication } from './settle.work.ts'

/**
 * What follows once a page of an application has been settled, in the same transaction: when it was the last of its stack,
 * the stack becomes documents and each of them an application; until then they wait. Whoever calls holds the batch, so that
 * of two pages settled at once one is the last; called again it changes nothing.
 */
export async function followPage(tx: IntakeTx, applicationId: string): Promise<void> {
  const stack = await findStack(tx, applicationId)
  if (stack && !stack.isSeen) return
  const divided = stack && (await divideSeenStack(tx, stack))
  const own = divided?.applications ?? [applicationId]
  await askAboutBlanks(tx, own)
  if (divided) await askAboutTwins(tx, divided.pages)
  // What a new cover says may be what applications behind it were waiting for.
  const waiting = stack && divided?.hasCover ? await listIncomplete(tx, stack.batchId) : []
  // What a clerk said of the stack before it was read whole holds for all that it became.
  const change = (await isAnyRestricted(tx, [applicationId])) ? { restricted: true } : {}
  for (const id of own) await settleApplication(tx, id, change)
  for (const id of waiting) await settleApplication(tx, id)
}
