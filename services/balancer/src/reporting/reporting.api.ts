import { type Clock, refuse } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import type { BalancerDoor } from '../schema.ts'
import { findTask, isInDistrict, isOwn, readStory } from './story.store.ts'

export function mountReporting(door: BalancerDoor, { clock }: { clock: Clock }): void {
  door.view('/tasks/:id/story', 'task.explain', {}, async ({ caller, reach, params }, tx) => {
    const task = await findTask(tx, params['id'] ?? '')
    // A task that is not theirs to see is answered as one that is not there.
    if (!task) throw refuse('request.not_found')
    const isTheirs =
      reach === 'all' ||
      (reach === 'district' && (await isInDistrict(tx, task, caller.district))) ||
      (caller.roles.includes('handler') && (await isOwn(tx, task, caller.subject)))
    if (!isTheirs) throw refuse('request.not_found')
    const body = await readStory(tx, task, helsinkiDate(clock.now()))
    return { body, seen: [{ kind: 'task', id: task.id, applicationId: task.application_id }] }
  })
}
