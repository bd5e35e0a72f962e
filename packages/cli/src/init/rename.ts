// The sample project's own name, replaced all through texts and file names. The longer form goes
// first, so that the shorter one finds only what stands alone.

/** @param name 3 to 15 letters and underscores. */
export function renameText(text: string, name: string): string {
  return text
    .replaceAll('diabetes_regression', name)
    .replaceAll('diabetes-regression', withHyphens(name))
    .replaceAll('diabetes', name)
    .replaceAll('Diabetes', capitalised(name));
}

/** Endpoint and package names know no underscore. */
function withHyphens(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll('_', '-')
      .replace(/^-+|-+$/g, '') || 'project'
  );
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
