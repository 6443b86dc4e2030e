import { DownloadIcon } from '@navikt/aksel-icons'
import { useTexts } from '../language/language.tsx'
import { RefusalAlert } from '../parts/refusal-alert.tsx'
import { SendButton } from '../parts/send-button.tsx'
import { getBlob } from '../server/client.ts'
import { useSending } from '../server/sending.ts'
import { shellTexts } from '../texts.ts'

type Props = { applicationId: string; grant?: string | undefined }

/** Gives all pages of an application as one searchable PDF. */
export function PdfDownload({ applicationId, grant }: Props) {
  const t = useTexts(shellTexts).viewer
  const download = useSending(
    (_none: undefined) => getBlob(`/intake/applications/${applicationId}/pdf`, { grant }),
    (pdf) => saveAs(pdf, `tasain-${applicationId}.pdf`),
    { isFree: true },
  )
  return (
    <div>
      {download.error && <RefusalAlert refusal={download.error} />}
      <SendButton
        size="small"
        variant="secondary"
        icon={<DownloadIcon aria-hidden />}
        isBusy={download.isBusy}
        onClick={() => download.send(undefined)}
      >
        {t.downloadPdf}
      </SendButton>
    </div>
  )
}

/** Hands the browser a file that has come already: a link alone could bring no view grant, nor say why it was refused. */
function saveAs(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // Not at once: the browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
