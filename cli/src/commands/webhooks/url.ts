/** The address of a webhook: that of Slack and Discord is a secret, and an argument would show in `ps`. */
import { secretReader } from '../auth/secrets.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'

/** `-` stands for the first line of the input, or a question on a terminal. @throws NEEDS_TERMINAL without either */
export const urlFrom = async (context: Context, given: string): Promise<string> => (given === '-' ? (await secretReader(context)(t('The url'))).trim() : given)
