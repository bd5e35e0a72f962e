// The group `forecasting` of a step's definition: how it is read, what it means to a search, and what of
// it has no effect here, which is told by name.
import type { AutoMLForecasting } from '@ridgeline/azureml-yaml';
import type { GivenForecasting } from '../forecasting/forecasting-settings.ts';
import type { FieldReader } from './field-reader.ts';

type Words = 'featureLags' | 'shortSeriesHandling' | 'useStl' | 'targetAggregateFunction';

/** Words are told of, not acted on: any will do. */
export interface DefinitionForecasting extends Omit<AutoMLForecasting, Words> {
  readonly featureLags: string | null;
  readonly shortSeriesHandling: string | null;
  readonly useStl: string | null;
  readonly targetAggregateFunction: string | null;
}

/** @throws AutoMLError DEFINITION_INVALID */
export function readForecasting(fields: FieldReader): DefinitionForecasting {
  return {
    timeColumnName: fields.required('timeColumnName'),
    forecastHorizon: fields.numberOrAuto('forecastHorizon'),
    timeSeriesIdColumnNames: fields.texts('timeSeriesIdColumnNames') ?? [],
    frequency: fields.text('frequency'),
    targetLags: fields.numbersOrAuto('targetLags'),
    targetRollingWindowSize: fields.numberOrAuto('targetRollingWindowSize'),
    seasonality: fields.numberOrAuto('seasonality'),
    cvStepSize: fields.numberOrAuto('cvStepSize'),
    countryOrRegionForHolidays: fields.text('countryOrRegionForHolidays'),
    featureLags: fields.text('featureLags'),
    shortSeriesHandling: fields.text('shortSeriesHandling'),
    useStl: fields.text('useStl'),
    targetAggregateFunction: fields.text('targetAggregateFunction'),
    unknownFeatures: fields.texts('unknownFeatures') ?? [],
  };
}

export function forecastingOf(definition: DefinitionForecasting): GivenForecasting {
  return {
    timeColumn: definition.timeColumnName,
    seriesColumns: definition.timeSeriesIdColumnNames,
    horizon: definition.forecastHorizon,
    frequency: definition.frequency,
    targetLags: definition.targetLags,
    rollingWindow: definition.targetRollingWindowSize,
    seasonality: definition.seasonality,
    originStep: definition.cvStepSize,
  };
}

export function notesOnForecasting(definition: DefinitionForecasting): readonly string[] {
  const { countryOrRegionForHolidays: country, useStl, featureLags } = definition;
  const { shortSeriesHandling: short, targetAggregateFunction: aggregate } = definition;
  const told: ReadonlyArray<readonly [boolean, string]> = [
    [country !== null, `country_or_region_for_holidays '${country}': holidays are not known here`],
    [useStl !== null, `use_stl '${useStl}': there is no decomposition by STL`],
    [featureLags === 'auto', 'feature_lags: other columns than the target are not used'],
    [
      short === 'pad' || short === 'drop',
      `short_series_handling_config '${short}': short series get a simpler forecast, as 'auto' says`,
    ],
    [
      aggregate !== null && aggregate !== 'none',
      `target_aggregate_function '${aggregate}': two rows of a series at one time are refused`,
    ],
  ];
  return told.flatMap(([applies, text]) => (applies ? [`no effect has ${text}`] : []));
}
