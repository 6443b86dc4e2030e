import { type Clock, refuse } from '@tasain/kit'
import { helsinkiDate, uiLanguages } from '@tasain/vocabulary'
import * as z from 'zod'
import { findTask } from '../receiving/task.store.ts'
import type { BalancerDoor } from '../schema.ts'
import { isInDistrict, isOwn, readStory } from './story.store.ts'
import { tellWhy } from './why.store.ts'

const storyQuery = z.object({ words: z.enum(uiLanguages).optional() })

export function mountReporting(door: BalancerDoor, { clock }: { clock: Clock }): void {
  door.view('/tasks/:id/story', 'task.explain', { query: storyQuery }, async ({ caller, reach, params, query }, tx) => {
    const task = await findTask(tx, params['id'] ?? '')
    // A task that is not theirs to see is answered as one that is not there.
    if (!task) throw refuse('request.not_found')
    const isTheirs =
      reach === 'all' ||
      (reach === 'district' && (await isInDistrict(tx, task, caller.district))) ||
      (caller.roles.includes('handler') && (await isOwn(tx, task, caller.subject)))
    if (!isTheirs) throw refuse('request.not_found')
    const story = await readStory(tx, task, helsinkiDate(clock.now()))
    const body = query.words === undefined ? story : { ...story, words: await tellWhy(tx, task, query.words) }
    return { body, seen: [{ kind: 'task', id: task.id, applicationId: task.application_id }] }
  })
}
