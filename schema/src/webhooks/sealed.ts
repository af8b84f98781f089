/** What the database keeps of a webhook encrypted, each bound to its webhook and its purpose. */
import type { Vault } from '../shared/vault.ts'

export interface Sealed {
  seal(vault: Vault, webhookId: string, text: string): string
  open(vault: Vault, webhookId: string, sealed: string): string
}

const sealedAs = (purpose: string): Sealed => ({
  seal: (vault, webhookId, text) => vault.seal(text, `${purpose}:${webhookId}`),
  open: (vault, webhookId, sealed) => vault.open(sealed, `${purpose}:${webhookId}`),
})

export const sealedUrl = sealedAs('webhook-url')
export const sealedSecret = sealedAs('webhook-secret')
