import { Table } from '@navikt/ds-react'

type Props = {
  columns: readonly string[]
  /** Those of the columns that hold numbers. */
  numbers?: readonly string[]
}

/** The headings of a table, one for each column. */
export function TableHead({ columns, numbers = [] }: Props) {
  return (
    <Table.Header>
      <Table.Row>
        {columns.map((heading) => (
          <Table.HeaderCell key={heading} scope="col" {...(numbers.includes(heading) && { className: 'number' })}>
            {heading}
          </Table.HeaderCell>
        ))}
      </Table.Row>
    </Table.Header>
  )
}
