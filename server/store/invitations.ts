import { and, desc, eq, gt, lt, sql } from 'drizzle-orm'
import { nanoid } from 'nanoid'
import { YayinError } from '../../shared/errors.ts'
import { invitations, users } from '../../shared/schema.ts'
import type { Db } from './database.ts'
import { storableText } from './storable.ts'

export type InvitationRow = typeof invitations.$inferSelect
type UserRow = typeof users.$inferSelect
/** An invitation to keep: the hash of its code, never the code itself. */
type NewInvitation = Pick<InvitationRow, 'codeHash' | 'email' | 'role' | 'createdBy' | 'expiresAt'>

/** What can be done with invitations to the dashboard. */
export interface InvitationTable {
  /** Keeps an invitation in place of an earlier one to the same address. @throws YayinError `conflict` for a user's */
  create(invitation: NewInvitation): Promise<InvitationRow>
  /** Lists those that can still be accepted, the newest first. */
  list(): Promise<InvitationRow[]>
  /** Finds one that can still be accepted. */
  findByCodeHash(codeHash: string): Promise<InvitationRow | null>
  /** Makes the invited user and ends the invitation; null when it can't be accepted any more. */
  accept(codeHash: string, user: Pick<UserRow, 'name' | 'passwordHash'>): Promise<UserRow | null>
  /** Returns what was withdrawn; null when there was nothing. */
  withdraw(id: string): Promise<InvitationRow | null>
}

/** Opens the table of invitations. */
export function createInvitationStore(db: Db): InvitationTable {
  return {
    create: (invitation) =>
      db.transaction(async (tx) => {
        await tx.delete(invitations).where(lt(invitations.expiresAt, new Date()))
        const [known] = await tx.select({ id: users.id }).from(users).where(sameAddress(users.email, invitation.email))
        if (known) throw taken()
        await tx.delete(invitations).where(sameAddress(invitations.email, invitation.email))
        const [created] = await tx
          .insert(invitations)
          .values({ ...invitation, id: nanoid() })
          .onConflictDoNothing()
          .returning()
        if (!created) throw new YayinError('conflict', 'Somebody else is inviting this address just now.')
        return created
      }),

    list: () =>
      db
        .select()
        .from(invitations)
        .where(gt(invitations.expiresAt, new Date()))
        .orderBy(desc(invitations.createdAt), desc(invitations.id)),

    async findByCodeHash(codeHash) {
      const [invitation] = await db.select().from(invitations).where(isOpen(codeHash))
      return invitation ?? null
    },

    accept: (codeHash, { name, passwordHash }) =>
      db.transaction(async (tx) => {
        // Deleting comes first: of two who accept at once, the second finds nothing.
        const [invitation] = await tx.delete(invitations).where(isOpen(codeHash)).returning()
        if (!invitation) return null
        const { email, role } = invitation
        const user = { id: nanoid(), email, role, passwordHash, name: name === null ? null : storableText(name) }
        const [created] = await tx.insert(users).values(user).onConflictDoNothing().returning()
        if (!created) throw taken()
        return created
      }),

    async withdraw(id) {
      const [gone] = await db
        .delete(invitations)
        .where(eq(invitations.id, id.replaceAll('\0', '')))
        .returning()
      return gone ?? null
    },
  }
}

function isOpen(codeHash: string) {
  return and(eq(invitations.codeHash, codeHash), gt(invitations.expiresAt, new Date()))
}

function sameAddress(column: typeof users.email | typeof invitations.email, email: string) {
  return eq(sql`lower(${column})`, sql`lower(${email})`)
}

function taken(): YayinError {
  return new YayinError('conflict', 'There is a user of this address already.')
}
