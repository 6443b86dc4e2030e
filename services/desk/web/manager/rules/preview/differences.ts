import type { Outlook, PlannedNow, RulePreview } from '@tasain/contracts'

type Flow = PlannedNow['flows'][number]
type FlowChange = Flow & { before: number; after: number }

/** The flows that a rule would change, the most changed first; tasks without and with it. */
export function listFlowChanges({ before, after }: RulePreview['now']): FlowChange[] {
  const name = ({ from, to, benefit, language }: Flow) => [from, to, benefit, language].join(' ')
  const changes = new Map(before.flows.map((flow) => [name(flow), { ...flow, before: flow.tasks, after: 0 }]))
  for (const flow of after.flows)
    changes.set(name(flow), { ...flow, before: changes.get(name(flow))?.before ?? 0, after: flow.tasks })
  const size = (change: FlowChange) => Math.abs(change.after - change.before)
  return [...changes.values()].filter((change) => size(change) > 0).toSorted((a, b) => size(b) - size(a))
}

type OfficeOutlook = Outlook['offices'][number]
type OfficeChange = { office: string; before: OfficeOutlook; after: OfficeOutlook }

/** The offices whose queues or late work a rule would change, the most changed first. */
export function listOfficeChanges({ before, after }: RulePreview['weeks']): OfficeChange[] {
  const earlier = new Map(before.offices.map((one) => [one.office, one]))
  const changes = after.offices.flatMap((one) => {
    const other = earlier.get(one.office)
    return other ? [{ office: one.office, before: other, after: one }] : []
  })
  return changes.filter((change) => measure(change) > 0).toSorted((a, b) => measure(b) - measure(a))
}

/** The greatest change of a queue in days, endless ones counted as a thousand; then of late work. */
function measure({ before, after }: OfficeChange): number {
  const days = (value: number | null | undefined) => (value === null ? 1_000 : (value ?? 0))
  const queue = after.queueDays.map((value, week) => Math.abs(days(value) - days(before.queueDays[week])))
  return Math.max(0, ...queue.map((change) => (change < 0.05 ? 0 : change)), Math.abs(after.pastDue - before.pastDue))
}
