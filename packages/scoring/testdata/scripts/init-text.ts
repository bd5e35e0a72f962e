export const inputSchema = { type: 'object' };
export const outputSchema = { type: 'object' };
export const init = 'later';
export const run = () => ({});
