/**
 * Every action that the audit log knows, in the order of the alphabet: what happened, and the version of the shape of the
 * record's `details`. Raise the version with any change of that shape; readers of old records find the old shape by it.
 */

interface ActionRule {
  readonly version: number
  readonly description: string
}

export const AUDIT_ACTIONS = {
  'apiKey.create': { version: 1, description: 'An API key was made.' },
  'apiKey.revoke': { version: 1, description: 'An API key was revoked.' },
  'apiKey.rotate': { version: 1, description: 'An API key was replaced by a new one.' },
  'apiKey.use': { version: 1, description: 'An API key was used for the first time, or from another address or client than before.' },
  'audit.erase': { version: 1, description: 'Personal data of one person was erased from the records; their commitments stayed.' },
  'audit.export': { version: 1, description: 'Somebody began to read the log for verification or export.' },
  'audit.retain': { version: 1, description: 'Records older than the retention period were cut; their hashes stayed.' },
  'comment.add': { version: 1, description: 'A thread of comments was begun.' },
  'comment.delete': { version: 1, description: 'The text of a comment was deleted.' },
  'comment.edit': { version: 1, description: 'The text of a comment was changed.' },
  'comment.reply': { version: 1, description: 'A comment was answered.' },
  'comment.resolve': { version: 1, description: 'A thread was resolved, or opened again.' },
  'impersonation.end': { version: 1, description: 'An impersonation was ended before its time.' },
  'impersonation.start': { version: 1, description: 'Somebody began to act as somebody of a lower rank; the reason is in the personal data.' },
  'invitation.resend': { version: 1, description: 'An invitation was mailed again, with a new link.' },
  'invitation.revoke': { version: 1, description: 'An invitation was withdrawn.' },
  'link.refused': { version: 1, description: 'A mailed link was unknown, used or expired.' },
  'member.invite': { version: 1, description: 'Somebody was invited to the organisation.' },
  'member.join': { version: 1, description: 'An invitation was accepted.' },
  'member.joinRefused': { version: 1, description: 'An invitation was answered that is unknown, was used, withdrawn or expired, or is for somebody else; `reason` says which.' },
  'member.leave': { version: 1, description: 'A member left the organisation.' },
  'member.projectRole': { version: 1, description: 'A role in a project was given, changed or taken away.' },
  'member.remove': { version: 1, description: 'A member was removed from the organisation; roles, keys and sessions ended with it.' },
  'member.role': { version: 1, description: 'The role of a member in the organisation was changed.' },
  'organisation.create': { version: 1, description: 'An organisation was made.' },
  'organisation.update': { version: 1, description: 'Settings of the organisation were changed.' },
  'password.change': { version: 1, description: 'A person changed the password; their other sessions ended.' },
  'password.refused': { version: 1, description: 'A password was too weak to be taken.' },
  'password.requestReset': { version: 1, description: 'A link to set a new password was asked for.' },
  'password.reset': { version: 1, description: 'A person set a new password by a mailed link; all their sessions ended.' },
  'permission.refused': { version: 1, description: 'A permission was missing; repeated refusals of a minute are counted in one record.' },
  'person.signUp': { version: 1, description: 'Somebody signed up; the address is not verified yet.' },
  'person.verify': { version: 1, description: 'A person verified their e-mail address.' },
  'plan.apply': { version: 1, description: 'A batch of changes was applied to a plan.' },
  'plan.import': { version: 1, description: 'A plan document was imported.' },
  'plan.microstep.add': { version: 1, description: 'A microstep was added to a plan.' },
  'plan.microstep.delete': { version: 1, description: 'A microstep was deleted, with all that lay in it.' },
  'plan.microstep.move': { version: 1, description: 'A microstep was moved to another place.' },
  'plan.microstep.update': { version: 1, description: 'Fields of a microstep were changed.' },
  'plan.milestone.add': { version: 1, description: 'A milestone was added to a plan.' },
  'plan.milestone.delete': { version: 1, description: 'A milestone was deleted, with all that lay in it.' },
  'plan.milestone.move': { version: 1, description: 'A milestone was moved to another place.' },
  'plan.milestone.update': { version: 1, description: 'Fields of a milestone were changed.' },
  'plan.status.set': { version: 1, description: 'The status of a microstep was set.' },
  'plan.step.add': { version: 1, description: 'A step was added to a plan.' },
  'plan.step.delete': { version: 1, description: 'A step was deleted, with all that lay in it.' },
  'plan.step.move': { version: 1, description: 'A step was moved to another place.' },
  'plan.step.update': { version: 1, description: 'Fields of a step were changed.' },
  'plan.sync': { version: 1, description: 'Changes of a file or an offline client were merged into a plan.' },
  'platformRole.set': { version: 1, description: 'A role on the platform was given or taken.' },
  'project.archive': { version: 1, description: 'A project was archived, or restored.' },
  'project.create': { version: 1, description: 'A project was made.' },
  'project.update': { version: 1, description: 'Name, slug or description of a project were changed.' },
  'session.revoke': { version: 1, description: 'Sessions were ended from another one.' },
  'session.signIn': { version: 1, description: 'Somebody signed in.' },
  'session.signInFailed': { version: 1, description: 'Signing in failed; repeated failures of a minute are counted in one record.' },
  'session.signOut': { version: 1, description: 'Somebody signed out.' },
  'session.switch': { version: 1, description: 'A session went over to another organisation.' },
  'team.addMember': { version: 1, description: 'A member was added to a team.' },
  'team.create': { version: 1, description: 'A team was made.' },
  'team.delete': { version: 1, description: 'A team was deleted.' },
  'team.removeMember': { version: 1, description: 'A member was taken out of a team.' },
  'team.update': { version: 1, description: 'Name or slug of a team were changed.' },
  'tenant.update': { version: 1, description: 'Tier or extra seats of an organisation were changed by the operator.' },
  'twoFactor.confirm': { version: 1, description: 'A second factor was shown to work, and is asked for from now on.' },
  'twoFactor.disable': { version: 1, description: 'A second factor was taken away.' },
  'twoFactor.enable': { version: 1, description: 'A second factor was made; it is not asked for yet.' },
  'twoFactor.recoveryCodes': { version: 1, description: 'Recovery codes were replaced.' },
} as const satisfies Record<string, ActionRule>

export type AuditAction = keyof typeof AUDIT_ACTIONS

/** The version that records of an action are written with. */
export const versionOf = (action: AuditAction): number => AUDIT_ACTIONS[action].version
