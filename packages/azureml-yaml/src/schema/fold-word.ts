// Azure ML takes its own words in any case: `LightGBM` and `light_gbm`, `MedianStopping` and
// `median_stopping`.

/** The allowed word that is meant; without one the text in lower case. */
export function foldWord(text: string, allowed: readonly string[]): string {
  const bare = withoutCase(text);
  return allowed.find((word) => withoutCase(word) === bare) ?? text.toLowerCase();
}

function withoutCase(text: string): string {
  return text.replaceAll('_', '').toLowerCase();
}
