export interface Column<Row> {
  key: string;
  title: string;
  /** The cell's text; a slot `cell-<key>` goes before it. */
  value?: (row: Row) => string | number | undefined;
  align?: 'right';
  width?: string;
  /** Never broken into lines on a desk: numbers, dates, short names. */
  nowrap?: boolean;
  /** Heads the card on a phone. */
  lead?: boolean;
}
