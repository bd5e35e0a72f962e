export const inputSchema = { type: 'object' };
export const outputSchema = { type: 'object' };
export const init = () => {
  throw new Error('the model file is damaged');
};
export const run = () => ({});
