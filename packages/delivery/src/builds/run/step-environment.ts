// The environment that steps start from. The server's own is not passed on, as it may hold its
// secrets: a step gets what programs need everywhere, and what the server adds for it.

const passedOn = ['HOME', 'LANG', 'LC_ALL', 'LOGNAME', 'PATH', 'SHELL', 'TMPDIR', 'TZ', 'USER'];

export function stepEnvironment(
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const own = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(own), ...more };
}
