/** The tables, of which drizzle-kit makes the migrations. */
export * from './schema/access.ts'
export * from './schema/log.ts'
export * from './schema/publishing.ts'
export * from './schema/server.ts'
export * from './schema/webhooks.ts'
export * from './schema/video.ts'
