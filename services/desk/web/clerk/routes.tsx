export const clerkRoutes = null
