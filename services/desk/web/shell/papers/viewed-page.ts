/** What a viewer must know of a page; width and height in pixels of its upright image. */
export type ViewedPage = { id: string; number: number; width: number; height: number; text: string }
