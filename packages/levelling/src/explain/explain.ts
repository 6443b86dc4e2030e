import type { Plan, PlanAlternative, PlanFlow, PlanSnapshot, PlanStuck, PlanWork } from '@tasain/contracts'
import type { UiLanguage } from '@tasain/vocabulary'
import { canDo } from '../nation/classes.ts'
import { layOutWork } from '../nation/columns.ts'
import { buildNation, countQueueDays, type Nation } from '../nation/nation.ts'
import { buildRulebook, listBlocks, type Rulebook } from '../nation/rules.ts'
import { findHandsBlock } from './blocks.ts'
import { type PlanWords, planWords } from './words.ts'

/** Work of one office to be explained, under protection or not; all clocks together. */
export type ExplainedWork = { office: string; benefit: string; language: string; protected: boolean }
type Explained = Pick<Plan, 'flows' | 'stuck'>

/** What is made of this office's work of this benefit and language, and why: sentences for people, in order. */
export function explain(plan: Explained, snapshot: PlanSnapshot, work: ExplainedWork, language: UiLanguage): string[] {
  const words = planWords[language]
  const mine = (at: string, of: Pick<PlanWork, 'benefit' | 'language' | 'protected'>): boolean =>
    at === work.office &&
    of.benefit === work.benefit &&
    of.language === work.language &&
    (of.protected ?? false) === work.protected
  const rows = snapshot.work.filter((row) => mine(row.office, row) && row.minutes > 0)
  if (rows.length === 0) return [words.nothing(work.office, work.benefit, work.language)]
  const flows = plan.flows.filter((flow) => mine(flow.from, flow))
  const stuck = plan.stuck.filter((row) => mine(row.office, row))
  const gone = sumMinutes(flows) + sumMinutes(stuck)
  const stays = sumMinutes(rows) - gone
  return [
    ...explainFlows(words, flows),
    ...(stays > 0 ? explainStay(words, plan, snapshot, rows, work, stays) : []),
    ...explainStuck(words, stuck),
  ]
}

/** One paragraph per receiver; the clocks of a class go for the same reasons. */
function explainFlows(words: PlanWords, flows: readonly PlanFlow[]): string[] {
  return [...Map.groupBy(flows, (flow) => flow.to)].flatMap(([to, group]) => {
    const first = group[0]
    if (first === undefined) return []
    const { from, benefit, language, reasons } = first
    const rules = [...new Set(group.flatMap((flow) => flow.reasons.rules))]
    const able = reasons.ofClass
    return [
      words.move(from, to, String(sumMinutes(group)), benefit, language),
      writeQueue(words, from, reasons.fromDaysBefore, reasons.fromDaysAfter),
      writeQueue(words, to, reasons.toDaysBefore, reasons.toDaysAfter),
      ...(able === undefined
        ? []
        : [
            writeQueueOfAble(words, from, able.fromDaysBefore, able.fromDaysAfter),
            writeQueueOfAble(words, to, able.toDaysBefore, able.toDaysAfter),
          ]),
      ...writeComing(words, [from, reasons.coming?.fromDays], [to, reasons.coming?.toDays]),
      writeSaving(words, reasons.saving),
      ...(rules.length > 0 ? [words.rules(rules.join(', '))] : []),
      ...reasons.alternatives.map((other) => words.notTo(other.office, writeWhy(words, other))),
    ]
  })
}

function explainStay(
  words: PlanWords,
  plan: Explained,
  snapshot: PlanSnapshot,
  rows: readonly PlanWork[],
  work: ExplainedWork,
  stays: number,
): string[] {
  const nation = buildNation(snapshot, layOutWork(snapshot))
  const book = buildRulebook(snapshot, nation)
  const from = nation.officeIndex.get(work.office) ?? -1
  const said = [words.stays(work.office, String(stays), work.benefit, work.language)]
  const open = nation.toldOpen[from] ?? 0
  const told = plan.flows.filter((flow) => !flow.protected)
  const came = sumMinutes(told.filter(({ to }) => to === work.office))
  const left = sumMinutes(told.filter((flow) => flow.from === work.office))
  const days = (minutes: number) => countQueueDays(minutes, nation.rate[from] ?? 0)
  said.push(writeQueue(words, work.office, days(open), days(open + came - left)))
  said.push(...writeComing(words, [work.office, nation.comingDays?.[from]]))
  const bound = sumMinutes(rows.filter((row) => row.movable === false))
  if (bound > 0) said.push(words.bound(String(bound)))
  const leaving = book.exportBlocks[from]?.[0]
  const row = rows.find(({ movable }) => movable !== false)
  if (leaving !== undefined) said.push(words.cannotLeave(words.byRule(words.blocks[leaving.code], leaving.rule)))
  else if (row !== undefined)
    for (const other of listIdlest(nation, book, from, row)) {
      said.push(words.notTo(other.office, writeWhy(words, other)))
      const place = nation.officeIndex.get(other.office) ?? -1
      said.push(...writeComing(words, [other.office, nation.comingDays?.[place]]))
    }
  return said
}

/** The two other offices with the shortest queues that have the hands, with what speaks against each. */
function listIdlest(nation: Nation, book: Rulebook, from: number, row: PlanWork): PlanAlternative[] {
  const able = nation.offices.flatMap((_, office) =>
    office !== from && nation.pools.some((pool) => pool.office === office && canDo(pool, row)) ? [office] : [],
  )
  const days = (office: number): number => (nation.toldOpen[office] ?? 0) / (nation.rate[office] ?? 0)
  const idlest = able.toSorted((a, b) => days(a) - days(b) || a - b).slice(0, 2)
  return idlest.map((office) => {
    const name = nation.offices[office]?.id ?? ''
    const hands = findHandsBlock(nation, office, row)
    if (hands !== undefined) return { office: name, why: hands }
    const block = listBlocks(book, nation, from, office, row.benefit)[0]
    return block === undefined ? { office: name, why: 'dearer' } : { office: name, why: block.code, rule: block.rule }
  })
}

function explainStuck(words: PlanWords, stuck: readonly PlanStuck[]): string[] {
  const groups = Map.groupBy(stuck, ({ cause }) => JSON.stringify(cause))
  return [...groups.values()].flatMap((group) => {
    const first = group[0]
    if (first === undefined) return []
    const { office, benefit, language, cause } = first
    const why = words.blocks[cause.code]
    const full = cause.rules.length > 0 ? words.byRule(why, cause.rules.join(', ')) : why
    return [words.stuck(office, String(sumMinutes(group)), benefit, language, full)]
  })
}

function writeWhy(words: PlanWords, { why, rule, minutes }: PlanAlternative): string {
  if (why === 'dearer') {
    if (minutes === undefined) return words.dearerThanStaying
    return minutes === 0 ? words.asDear : words.dearer(writeNumber(words, minutes))
  }
  return rule === undefined ? words.blocks[why] : words.byRule(words.blocks[why], rule)
}

function writeSaving(words: PlanWords, minutes: number | null): string {
  if (minutes === null) return words.cannotStay
  return minutes === 0 ? words.noLoss : words.saving(writeNumber(words, minutes))
}

type Days = number | null

function writeQueue(words: PlanWords, office: string, before: Days, after: Days): string {
  if (before === null || after === null) return words.noneToday(office)
  return words.queue(office, writeNumber(words, before), writeNumber(words, after))
}

function writeQueueOfAble(words: PlanWords, office: string, before: Days, after: Days): string {
  if (before === null || after === null) return words.noneAble(office)
  return words.queueOfAble(office, writeNumber(words, before), writeNumber(words, after))
}

/** What is likely to come in at the offices of which that is known. */
function writeComing(words: PlanWords, ...ends: [office: string, days: Days | undefined][]): string[] {
  return ends.flatMap(([office, days]) => (days == null ? [] : [words.coming(office, writeNumber(words, days))]))
}

function writeNumber(words: PlanWords, value: number): string {
  return String(value).replace('.', words.decimal)
}

function sumMinutes(rows: readonly { minutes: number }[]): number {
  return rows.reduce((sum, { minutes }) => sum + minutes, 0)
}
