export const inputSchema = { type: 'object' };
export const outputSchema = { type: 'object' };
