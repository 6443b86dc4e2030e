export const handlerRoutes = null
