import { expect, test } from 'vitest';
import { versionSearch } from './version-search.ts';

test('the versions of one model come with the greatest number first', () => {
  expect(versionSearch('prices')).toEqual({
    filter: "name = 'prices'",
    order_by: ['version_number DESC'],
  });
});

test('by a tag, versions of all models are found, the newest first', () => {
  expect(versionSearch(undefined, { BuildId: '7' })).toEqual({
    filter: "tags.`BuildId` = '7'",
    order_by: ['creation_timestamp DESC'],
  });
});

test('a name and several tags have to fit together', () => {
  const { filter } = versionSearch('prices', { area: 'sales', BuildId: '7' });
  expect(filter).toBe("name = 'prices' and tags.`area` = 'sales' and tags.`BuildId` = '7'");
});

test('quotes in names and values end nothing', () => {
  const { filter } = versionSearch("d'or", { 'a`b': "it's" });
  expect(filter).toBe("name = 'd''or' and tags.`a``b` = 'it''s'");
});
