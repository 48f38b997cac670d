/** Parameters of the address that open a dialog. */
export const INVITE = 'invite'
export const EDIT = 'edit'
export const REMOVE = 'delete'
export const WITHDRAW = 'withdraw'
