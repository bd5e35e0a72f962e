// Pages of results. A token says how many results came before, in base64, as MLflow's does; callers
// must not look into it, and a later way of paging may put something else there.
import { checkInteger, checkText, invalid, quote } from '../checks/check-text.ts';

export interface Page<T> {
  readonly items: readonly T[];
  /** Hand it back for the next page; null on the last page. */
  readonly nextPageToken: string | null;
}

export interface PageRequest {
  readonly maxResults?: number;
  readonly pageToken?: string;
}

const maxTokenLength = 1_000;

export interface PageWindow {
  readonly offset: number;
  readonly limit: number;
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function pageWindow(
  request: PageRequest,
  bounds: { readonly defaultResults: number; readonly maxResults: number },
): PageWindow {
  const wanted = request.maxResults ?? bounds.defaultResults;
  const limit = checkInteger('max_results', wanted, 1, bounds.maxResults);
  return { limit, offset: offsetOf(request.pageToken) };
}

/** @param rows of a query with a limit of one more than the window's, which tells of a next page. */
export function toPage<T>(rows: readonly T[], window: PageWindow): Page<T> {
  if (rows.length <= window.limit) return { items: rows, nextPageToken: null };
  const next = { offset: window.offset + window.limit };
  const nextPageToken = Buffer.from(JSON.stringify(next)).toString('base64');
  return { items: rows.slice(0, window.limit), nextPageToken };
}

function offsetOf(token: string | undefined): number {
  if (token === undefined || token === '') return 0;
  const offset = decodedOffset(checkText('page_token', token, maxTokenLength));
  if (typeof offset === 'number' && Number.isSafeInteger(offset) && offset > 0) return offset;
  throw invalid(`page_token ${quote(token)} was not given out by this search; start without one`);
}

function decodedOffset(token: string): unknown {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    return decoded instanceof Object && 'offset' in decoded ? decoded.offset : undefined;
  } catch {
    return undefined;
  }
}
