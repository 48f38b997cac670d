/** The environment of this process: the one place of the command line that reads it. */
export const environment: NodeJS.ProcessEnv = process.env

/** Sets what options say that the server reads from the environment, for a server that starts in this process. */
export function setEnvironment(changes: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(changes)) if (value !== undefined) process.env[name] = value
}
