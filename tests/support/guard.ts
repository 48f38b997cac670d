import { spawn } from 'node:child_process'

/** Kills a process and removes a folder once the pipe from here breaks, which is when this process is gone. */
const SCRIPT = 'read -r _; kill -9 "$1"; [ -z "$2" ] || rm -rf "$2"'

/**
 * Makes sure that `pid` does not outlive this process, however that ends, nor the folder `dir` (empty for none).
 * Returns how to call the guard off.
 */
export function guard(pid: number, dir: string): () => void {
  // A group of its own: Ctrl-C in the terminal must not reach the guard before it has done its work.
  const options = { stdio: ['pipe', 'ignore', 'ignore'] as ['pipe', 'ignore', 'ignore'], detached: true }
  const watcher = spawn('sh', ['-c', SCRIPT, 'guard', String(pid), dir], options)
  watcher.unref()
  watcher.stdin.on('error', () => undefined)
  return () => watcher.kill('SIGKILL')
}
