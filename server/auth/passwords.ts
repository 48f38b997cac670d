import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto'

// 32 MiB three times over: what OWASP's cheat sheet on password storage asks of scrypt at least.
const COST_LOG2 = 15
const BLOCK_SIZE = 8
const PARALLELISM = 3
const SALT_BYTES = 16
const HASH_BYTES = 32
/** The most that a stored hash may ask for, whoever wrote it. */
const MAX_MEMORY_BYTES = 256 * 1024 * 1024

/** Hashes a password with scrypt (RFC 7914) into `$scrypt$ln=…,r=…,p=…$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await derive(password, salt, HASH_BYTES, COST_LOG2, BLOCK_SIZE, PARALLELISM)
  const parameters = `ln=${COST_LOG2},r=${BLOCK_SIZE},p=${PARALLELISM}`
  return `$scrypt$${parameters}$${salt.toString('base64url')}$${hash.toString('base64url')}`
}

const STORED = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/

/** Tells, in constant time, whether `stored` was made of `password`; false when `stored` is no hash of ours. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const match = STORED.exec(stored)
  if (match === null) return false
  const [ln, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const salt = Buffer.from(match[4]!, 'base64url')
  const expected = Buffer.from(match[5]!, 'base64url')
  const actual = await derive(password, salt, expected.length, ln, r, p)
  return timingSafeEqual(actual, expected)
}

let dummy: Promise<string> | undefined

/** Takes as long as verifying a password and answers false, so that time doesn't tell which accounts exist. */
export async function verifyNobody(password: string): Promise<false> {
  dummy ??= hashPassword(randomBytes(16).toString('hex'))
  await verifyPassword(password, await dummy)
  return false
}

function derive(
  password: string,
  salt: Buffer,
  length: number,
  costLog2: number,
  blockSize: number,
  parallelization: number,
): Promise<Buffer> {
  const options: ScryptOptions = { N: 2 ** costLog2, r: blockSize, p: parallelization, maxmem: MAX_MEMORY_BYTES }
  return new Promise((resolve, reject) => {
    // The same password typed on another keyboard may come as other code points.
    scrypt(password.normalize('NFKC'), salt, length, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
