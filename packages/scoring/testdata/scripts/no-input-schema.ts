export const outputSchema = { type: 'object' };
export const run = () => ({});
