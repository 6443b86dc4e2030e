export type Described = {
  readonly title: string
  readonly producer: string
  readonly at: Date
  /** 32 hexadecimal digits, the same for the same content. */
  readonly id: string
  /** Whether the file keeps to PDF/A-2b in every page. */
  readonly archival: boolean
}

/** What the file says about itself (XMP, ISO 16684-1); PDF/A-2b is claimed only where we know that it holds. */
export function describePdf({ title, producer, at, id, archival }: Described): string {
  const time = `${at.toISOString().slice(0, 19)}Z`
  const claim = '<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>'
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>
<xmp:CreatorTool>${escapeXml(producer)}</xmp:CreatorTool><pdf:Producer>${escapeXml(producer)}</pdf:Producer>
<xmp:CreateDate>${time}</xmp:CreateDate><xmp:ModifyDate>${time}</xmp:ModifyDate>
<xmp:MetadataDate>${time}</xmp:MetadataDate>
<xmpMM:DocumentID>xmp.did:${id}</xmpMM:DocumentID>${archival ? claim : ''}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escapeXml = (text: string) => text.replace(/[&<>"]/g, (letter) => entities[letter] ?? letter)
