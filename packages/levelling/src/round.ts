import type { PlanFlow } from '@tasain/contracts'

/** A movable task as the planner sees it; `dueOn` as `YYYY-MM-DD`. */
export type OpenTask = {
  id: string
  office: string
  benefit: string
  language: string
  protected: boolean
  slackDays: number
  minutes: number
  dueOn: string
}

export type TaskMove = { task: string; from: string; to: string; flow: number }

/**
 * Turns planned minutes into tasks: earliest due first within the class, and the last task goes when at least half of
 * it is planned. `flow` of a move is the index of its flow. Tasks that are not to be moved must not be given.
 */
export function chooseTasks(flows: readonly PlanFlow[], tasks: readonly OpenTask[]): TaskMove[] {
  const queues = new Map<string, OpenTask[]>()
  for (const task of tasks) {
    const key = nameClass(task.office, task)
    const queue = queues.get(key)
    if (queue === undefined) queues.set(key, [task])
    else queue.push(task)
  }
  for (const queue of queues.values()) queue.sort(compareTasks)
  const taken = new Map<string, number>()
  return flows.flatMap((flow, index) => {
    const key = nameClass(flow.from, flow)
    const queue = queues.get(key) ?? []
    const start = taken.get(key) ?? 0
    const end = findEnd(queue, start, flow.minutes)
    taken.set(key, end)
    return queue.slice(start, end).map((task) => ({ task: task.id, from: flow.from, to: flow.to, flow: index }))
  })
}

function findEnd(queue: readonly OpenTask[], start: number, planned: number): number {
  let left = planned
  let end = start
  for (let task = queue[end]; task !== undefined && left > 0 && left * 2 >= task.minutes; task = queue[end]) {
    left -= task.minutes
    end += 1
  }
  return end
}

function nameClass(
  office: string,
  of: { benefit: string; language: string; slackDays: number; protected: boolean },
): string {
  return JSON.stringify([office, of.benefit, of.language, of.slackDays, of.protected])
}

function compareTasks(a: OpenTask, b: OpenTask): number {
  if (a.dueOn !== b.dueOn) return a.dueOn < b.dueOn ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
