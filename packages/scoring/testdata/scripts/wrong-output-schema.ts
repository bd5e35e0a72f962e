export const inputSchema = { type: 'object' };
export const outputSchema = 'object';
export const run = () => ({});
