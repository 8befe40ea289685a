/** What a call throws: the code, or else the name, of the error. */
export function codeOf(run: () => unknown): unknown {
  try {
    run();
    return 'nothing thrown';
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
}
