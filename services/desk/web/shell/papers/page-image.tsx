import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { getBlob } from '../server/client.ts'

export type ImageWidth = 'thumbnail' | 'page'

/** A page's image as an address the browser can draw; fetched with the view grant that a plain `<img>` could not send. */
export function usePageImage(pageId: string | undefined, width: ImageWidth, grant: string | undefined) {
  const query = useQuery({
    // The grant is renewed all the time and is no part of what the image is.
    queryKey: ['page-image', pageId, width],
    queryFn: ({ signal }) => getBlob(`/intake/pages/${pageId}/image?width=${width}`, { grant, signal }),
    enabled: pageId !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
  return { address: useObjectUrl(query.data), failure: query.error, retry: () => void query.refetch() }
}

/** An address for a picture that is in memory, for as long as it is shown. */
export function useObjectUrl(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string>()
  useEffect(() => {
    if (!blob) return
    const made = URL.createObjectURL(blob)
    setAddress(made)
    return () => {
      setAddress(undefined)
      URL.revokeObjectURL(made)
    }
  }, [blob])
  return address
}
