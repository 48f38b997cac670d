/** The parameters of the address that open what stands before the list. */
export const WEBHOOK = 'webhook'
export const DELIVERY = 'delivery'
export const CREATE = 'create'
export const EDIT = 'edit'
export const ROTATE = 'rotate'
export const DELETE = 'delete'
