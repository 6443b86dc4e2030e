import type { BalancerRead } from '../schema.ts'

export type StoredTask = NonNullable<Awaited<ReturnType<typeof findTask>>>

export async function findTask(read: BalancerRead, taskId: string) {
  return await read.selectFrom('task').selectAll().where('id', '=', taskId).executeTakeFirst()
}
