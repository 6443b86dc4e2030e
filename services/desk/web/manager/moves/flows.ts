import type { MoveList } from '@tasain/contracts'

export type Flow = MoveList['flows'][number]
/** What flows are wanted; '' = all. An office is either end. */
export type FlowWish = { office: string; benefit: string; cause: string }

export const everyFlow: FlowWish = { office: '', benefit: '', cause: '' }

export function filterFlows(flows: readonly Flow[], wish: FlowWish): Flow[] {
  return flows.filter((flow) =>
    (['office', 'benefit', 'cause'] as const).every(
      (key) => wish[key] === '' || readValues(flow, key).includes(wish[key]),
    ),
  )
}

/** The values that the flows have, in the order of their names. */
export function listValues(
  flows: readonly Flow[],
  key: keyof FlowWish,
  name: (value: string) => string,
  language: string,
): string[] {
  const values = [...new Set(flows.flatMap((flow) => readValues(flow, key)))]
  return values.toSorted((a, b) => name(a).localeCompare(name(b), language))
}

function readValues({ from, to, benefit, cause }: Flow, key: keyof FlowWish): string[] {
  return { office: [from, to], benefit: [benefit], cause: [cause] }[key]
}
