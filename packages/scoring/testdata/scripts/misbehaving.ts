export const inputSchema = { type: 'object', required: ['data'] };
export const outputSchema = { type: 'object' };

const behaviours: Record<string, () => unknown> = {
  throws: () => {
    throw new Error('secret detail of the script');
  },
  rejects: () => Promise.reject(new Error('secret detail of the script')),
  nothing: () => undefined,
  text: () => 'text',
  cycle: () => {
    const answer: Record<string, unknown> = {};
    answer.self = answer;
    return answer;
  },
  bigint: () => ({ result: 1n }),
  'throws-status': () => {
    throw Object.assign(new Error('of some client'), { code: 'ERR_X', status: 404 });
  },
  never: () => new Promise(() => undefined),
  blocks: () => {
    const until = performance.now() + 300;
    while (performance.now() < until);
    return {};
  },
  forgets: () => {
    Promise.reject(new Error('forgotten'));
    return {};
  },
};

export function run(data: string) {
  return behaviours[data]?.();
}
