// The public face of @ridgeline/tabular.

export { checkDistribution, type DistributionOptions } from './checks/check-distribution.ts';
export { checkMissingValues, type MissingValuesOptions } from './checks/check-missing-values.ts';
export { checkSchema } from './checks/check-schema.ts';
export { assertNoFindings, DataCheckError, type DataFinding } from './checks/data-finding.ts';
export { formatCsvRecord } from './csv/format-csv-record.ts';
export {
  type CsvRecord,
  type CsvRecordBatch,
  type ReadCsvRecordsOptions,
  readCsvRecords,
} from './csv/read-csv-records.ts';
export { didYouMean } from './did-you-mean.ts';
export { TabularError, type TabularErrorCode } from './errors.ts';
export type { FileLimits } from './files/data-file.ts';
export { type DataFormat, dataFormats } from './files/data-format.ts';
export { type NumberStatistics, numberStatistics } from './profile/number-statistics.ts';
export {
  type ColumnProfile,
  type DatetimeColumnProfile,
  type NumberColumnProfile,
  profileTable,
  type StringColumnProfile,
  type TableProfile,
} from './profile/table-profile.ts';
export { type ReadTableOptions, readTable } from './read-table.ts';
export {
  type Cell,
  type Column,
  type ColumnType,
  columnTypes,
  type NumberColumn,
  numberColumn,
  type StringColumn,
  stringColumn,
} from './table/column.ts';
export { Table } from './table/table.ts';
export { type ColumnSchema, inferSchema, type TableSchema } from './table/table-schema.ts';
