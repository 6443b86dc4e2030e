/** What people may write; the planner takes more. */
export const ruleLimits = { factor: { least: 0.1, most: 10 } } as const
