import type { UserAccount } from '../../../../shared/api.ts'
import { useInvitations } from '../../lib/access-queries.ts'
import { closePanel, useParam } from '../../lib/router.ts'
import { useIsAdmin, useUser } from '../../lib/user.ts'
import { DeleteUserDialog } from './delete-user-dialog.tsx'
import { EditUserDialog } from './edit-user-dialog.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { EDIT, INVITE, REMOVE, WITHDRAW } from './panel-names.ts'
import { WithdrawDialog } from './withdraw-dialog.tsx'

/** The dialogs of the page, opened by what the address says, for those alone who may use them. */
export function UserPanels({ users }: { users: readonly UserAccount[] }) {
  const self = useUser().id
  const isAdmin = useIsAdmin()
  const inviting = useParam(INVITE) !== null
  const edited = useParam(EDIT)
  const removed = useParam(REMOVE)
  const withdrawn = useParam(WITHDRAW)
  const invitations = useInvitations().data ?? []
  const toEdit = users.find((user) => user.id === edited && (isAdmin || user.id === self))
  const toRemove = users.find((user) => user.id === removed && user.id !== self)
  const toWithdraw = invitations.find((invitation) => invitation.id === withdrawn)
  const isLastAdmin = users.filter((user) => user.role === 'admin').length === 1
  return (
    <>
      {toEdit && (
        <EditUserDialog
          user={toEdit}
          roleIsFixed={isLastAdmin && toEdit.role === 'admin'}
          onClose={() => closePanel(EDIT)}
        />
      )}
      {isAdmin && inviting && <InviteDialog onClose={() => closePanel(INVITE)} />}
      {isAdmin && toRemove && <DeleteUserDialog user={toRemove} onClose={() => closePanel(REMOVE)} />}
      {isAdmin && toWithdraw && <WithdrawDialog invitation={toWithdraw} onClose={() => closePanel(WITHDRAW)} />}
    </>
  )
}
