import type { DragEvent } from 'react'

/** The kind of what is dragged: only pages of a batch are taken. */
export const draggedPage = 'application/x-tasain-page'

/** What makes an element take pages that are dropped on it. */
export function listDropping(drop: ((pageId: string) => void) | undefined) {
  if (!drop) return {}
  return {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      event.stopPropagation()
      const pageId = event.dataTransfer.getData(draggedPage)
      if (pageId !== '') drop(pageId)
    },
  }
}
