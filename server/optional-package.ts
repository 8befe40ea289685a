/**
 * A package that only some operators need.
 * @param need the option that asks for it, as its operator wrote it.
 * @throws Error that says what to install, where it is missing.
 */
export async function optionalPackage<T>(name: string, need: string, load: () => Promise<T>): Promise<T> {
  return load().catch((cause: unknown) => {
    const { code } = cause as NodeJS.ErrnoException;
    throw code === 'ERR_MODULE_NOT_FOUND' ? new Error(`${need} needs the package "${name}": npm install ${name}`, { cause }) : cause;
  });
}
