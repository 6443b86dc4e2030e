import type { PlanComing, PlanSnapshot, PlanWork } from '@tasain/contracts'

/** Open work by column, a place for each row of the snapshot, then the work to come; benefits and languages as places in the lists beside. */
export type WorkColumns = {
  office: Int32Array
  benefit: Int32Array
  language: Int32Array
  slackDays: Float64Array
  /** 0: it is here. */
  inDays: Uint8Array
  minutes: Float64Array
  tasks: Float64Array
  /** 1 = may be moved, 2 = protected, 3 = both. */
  flags: Uint8Array
  benefits: string[]
  languages: string[]
}

export function layOutWork({ offices, work, coming = [] }: PlanSnapshot): WorkColumns {
  const officeIndex = new Map(offices.map(({ id }, i) => [id, i]))
  const length = work.length + coming.length
  const columns: WorkColumns = {
    office: new Int32Array(length),
    benefit: new Int32Array(length),
    language: new Int32Array(length),
    slackDays: new Float64Array(length),
    inDays: new Uint8Array(length),
    minutes: new Float64Array(length),
    tasks: new Float64Array(length),
    flags: new Uint8Array(length),
    benefits: [],
    languages: [],
  }
  const benefits = new Map<string, number>()
  const languages = new Map<string, number>()
  const put = (row: PlanWork | PlanComing, i: number): void => {
    columns.office[i] = officeIndex.get(row.office) ?? -1
    columns.benefit[i] = intern(benefits, row.benefit, columns.benefits)
    columns.language[i] = intern(languages, row.language, columns.languages)
    columns.slackDays[i] = row.slackDays
    columns.minutes[i] = row.minutes
    columns.flags[i] = 1 + (row.protected === true ? 2 : 0)
  }
  work.forEach((row, i) => {
    put(row, i)
    columns.tasks[i] = row.tasks
    if (row.movable === false) columns.flags[i] = (columns.flags[i] ?? 0) - 1
  })
  coming.forEach((row, i) => {
    put(row, work.length + i)
    columns.inDays[work.length + i] = row.inDays
  })
  return columns
}

function intern(index: Map<string, number>, name: string, names: string[]): number {
  const found = index.get(name)
  if (found !== undefined) return found
  index.set(name, names.length)
  names.push(name)
  return names.length - 1
}
