import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Page, pageWindow, toPage } from './page.ts';

const bounds = { defaultResults: 10, maxResults: 50 };

function pageOf(items: readonly number[], maxResults: number, pageToken?: string): Page<number> {
  const window = pageWindow({ maxResults, pageToken }, bounds);
  return toPage(items.slice(window.offset, window.offset + window.limit + 1), window);
}

describe('pages', () => {
  test('one after the other, they give every item once, in order', () => {
    const property = fc.property(fc.nat(200), fc.integer({ min: 1, max: 50 }), (count, size) => {
      const items = Array.from({ length: count }, (_, index) => index);
      const seen: number[] = [];
      let token: string | null = '';
      while (token !== null) {
        const page: Page<number> = pageOf(items, size, token);
        seen.push(...page.items);
        token = page.nextPageToken;
      }
      expect(seen).toEqual(items);
    });
    fc.assert(property);
  });

  test('a full last page has no next page', () => {
    expect(pageOf([1, 2], 2).nextPageToken).toBeNull();
  });

  test.each([0, -1, 51, 1.5, Number.NaN])('max_results %d is refused', (maxResults) => {
    expect(() => pageWindow({ maxResults }, bounds)).toThrow('max_results must be a whole number');
  });

  test.each([
    'x',
    '!!!',
    Buffer.from('{}').toString('base64'),
    Buffer.from('{"offset":-1}').toString('base64'),
    Buffer.from('null').toString('base64'),
  ])('page_token %s is refused', (pageToken) => {
    expect(() => pageWindow({ pageToken }, bounds)).toThrow('page_token');
  });
});
