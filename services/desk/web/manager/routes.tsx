export const managerRoutes = null
