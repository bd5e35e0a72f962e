// Reads the error in an answer. The routes speak several dialects: ours, MLflow's, the scoring
// service's; and a proxy in between speaks none of them.

import { ApiError, type ApiErrorFields } from '../errors.ts';

const longestPlainTextChars = 300;

/** The error that an answer outside 200 to 299 stands for. Never throws for an odd body. */
export function apiErrorOf(status: number, text: string): ApiError {
  const fields = fromJson(parseObject(text)) ?? { message: plainText(status, text) };
  return new ApiError({ code: `HTTP_${status}`, status, ...fields });
}

type FoundFields = Pick<ApiErrorFields, 'message'> & Partial<ApiErrorFields>;

function fromJson(body: Readonly<Record<string, unknown>>): FoundFields | null {
  const { error, error_code: mlflowCode, message } = body;
  if (isObject(error) && typeof error.message === 'string') {
    const { code, details } = error;
    return { message: error.message, details, ...(typeof code === 'string' && { code }) };
  }
  if (typeof message === 'string') {
    return { message, ...(typeof mlflowCode === 'string' && { code: mlflowCode }) };
  }
  return typeof error === 'string' ? { message: error } : null;
}

function plainText(status: number, text: string): string {
  const firstLine = text.trim().split('\n', 1)[0] ?? '';
  if (firstLine === '' || firstLine.startsWith('<')) return `the server answered ${status}`;
  return `the server answered ${status}: ${firstLine.slice(0, longestPlainTextChars)}`;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
