import type { BatchDetail } from '@tasain/contracts'
import type { Read } from '@tasain/kit'
import type { Schema } from '../schema.ts'
import { shownTask } from '../tasks/standing.store.ts'
import { getBatch } from './batch.store.ts'
import { listScans } from './scan.store.ts'

/** A batch with its files and what became of their pages. @throws request.not_found, also when it is another office's. */
export async function getBatchDetail(db: Read<Schema>, office: string, id: string): Promise<BatchDetail> {
  const batch = await getBatch(db, office, id)
  return {
    batch,
    scans: await listScans(db, id),
    documents: await listDocuments(db, id),
    lastChange: await findLastChange(db, id),
  }
}

async function listDocuments(db: Read<Schema>, batchId: string): Promise<BatchDetail['documents']> {
  const pages = await db
    .selectFrom('page')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .innerJoin('application', 'application.id', 'page.application_id')
    .select(['page.id', 'page.position', 'application.id as applicationId', 'application.state'])
    .select(['application.form_code as formCode', 'application.benefit', 'application.language'])
    .select(shownTask.as('task'))
    .where('scan.batch_id', '=', batchId)
    .orderBy('scan.stored_at')
    .orderBy('page.number')
    .execute()
  // A document stands where its first page lies in the paper, whatever order its pages were put into.
  const documents = Map.groupBy(pages, ({ applicationId }) => applicationId)
  return [...documents.values()].flatMap((ofDocument) => {
    const [first] = ofDocument
    if (!first) return []
    const { applicationId, state, task, formCode, benefit, language } = first
    const inOrder = ofDocument.toSorted((a, b) => (a.position ?? afterAll) - (b.position ?? afterAll))
    return [{ applicationId, state, task, formCode, benefit, language, pageIds: inOrder.map((page) => page.id) }]
  })
}

const afterAll = 1_000_000

/** The newest change of the batch's pages that nobody has undone. */
export async function findLastChange(db: Read<Schema>, batchId: string): Promise<BatchDetail['lastChange']> {
  const found = await db
    .selectFrom('batch_change')
    .select(['id', 'kind', 'made_at'])
    .where('batch_id', '=', batchId)
    .where('undone_at', 'is', null)
    .orderBy('made_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  return found ? { id: found.id, kind: found.kind, madeAt: found.made_at.toISOString() } : null
}
