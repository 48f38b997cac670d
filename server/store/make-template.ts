import { writeFile } from 'node:fs/promises'
import { PGlite } from '@electric-sql/pglite'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { MIGRATIONS_FOLDER } from './migrate.ts'

/**
 * Part of the build: writes an archive of an empty database with the schema in place beside this file, so that a
 * first start need not make one, which takes seconds and much memory.
 */
const database = await PGlite.create()
await migrate(drizzle(database), { migrationsFolder: MIGRATIONS_FOLDER })
const archive = await database.dumpDataDir('gzip')
await database.close()
await writeFile(new URL('template.tar.gz', import.meta.url), Buffer.from(await archive.arrayBuffer()))
