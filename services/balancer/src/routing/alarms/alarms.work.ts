import type { Plan } from '@tasain/contracts'
import type { Database, Log } from '@tasain/kit'
import type { IsoDate } from '@tasain/vocabulary'
import type { Schema } from '../../schema.ts'
import { listLate, listStuckByRecusal } from './alarms.store.ts'
import { listLateDates } from './alarms.ts'

export type Alarming = { database: Database<Schema>; log: Log; lateShare: number }

/** Work that no plan can reckon with waits for somebody to mend it. */
export function raiseSetAside(log: Log, setAside: readonly unknown[]): void {
  if (setAside.length > 0)
    log.error({ alarm: 'set_aside_work', tasks: setAside.length }, 'work cannot be planned and is set aside')
}

/** Work that nobody permitted can do, or that comes close to its due date, must not age in silence. */
export async function raiseAlarms({ database, log, lateShare }: Alarming, plan: Plan, today: IsoDate): Promise<void> {
  const tasks = plan.stuck.reduce((sum, stuck) => sum + stuck.tasks, 0)
  if (tasks > 0) log.error({ alarm: 'stuck_work', tasks, classes: plan.stuck.length }, 'work waits for nobody')
  if (plan.unmet.length > 0)
    log.warn({ alarm: 'unmet_order', unmet: plan.unmet }, 'ordered work could not all be placed')
  const recused = (await listStuckByRecusal(database.db)).map(({ office, tasks: count }) => ({ office, tasks: count }))
  if (recused.length > 0)
    log.error(
      { alarm: 'recused_work', recused },
      'every able handler is kept from it by recusal or a conflict of interest',
    )
  const late = await listLate(database.db, listLateDates(today, lateShare), today)
  const sum = (count: 'tasks' | 'pastDue') => late.reduce((total, row) => total + row[count], 0)
  if (late.length > 0)
    log.warn({ alarm: 'late_work', tasks: sum('tasks'), pastDue: sum('pastDue') }, 'work has used most of its time')
}
