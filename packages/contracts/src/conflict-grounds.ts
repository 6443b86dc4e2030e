/** Why somebody may not handle a person's matters (Administrative Procedure Act, section 28). The pages list them. */
export const declaredGrounds = ['own_matter', 'relative', 'representative', 'employment', 'other'] as const
export type DeclaredGround = (typeof declaredGrounds)[number]
/** `recusal`: from one of the person's tasks, before which it was not declared. */
export type ConflictGround = DeclaredGround | 'recusal'
