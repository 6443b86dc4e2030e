import type { PreviewArrivals } from '@tasain/simulation'
import { addWorkingDays, type Benefit, getBenefit, type IsoDate, type Language } from '@tasain/vocabulary'
import { sql } from 'kysely'
import type { BalancerRead } from '../../schema.ts'

const sampleDays = 20

type Arrived = { office: string; benefit: Benefit; language: Language; tasks: number; minutes: number }

/** What comes in on a mean working day, by home office, benefit and language: that of the last 20 working days. */
export async function listArrivals(read: BalancerRead, today: IsoDate): Promise<PreviewArrivals[]> {
  const { rows } = await sql<Arrived>`
    select home_office_id as office, benefit, language, count(*)::int as tasks, round(avg(minutes))::int as minutes from task
    where arrived_on > ${addWorkingDays(today, -sampleDays)}::date and arrived_on <= ${today}::date and state <> 'withdrawn'
    group by 1, 2, 3 order by 1, 2, 3`.execute(read)
  return rows.map(({ office, benefit, language, tasks, minutes }) => {
    const { target } = getBenefit(benefit)
    const targetDays = 'workingDays' in target ? target.workingDays : Math.round((target.calendarDays * 5) / 7)
    return { office, benefit, language, perDay: tasks / sampleDays, minutes, targetDays }
  })
}
