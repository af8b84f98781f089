import type { Place } from './run.ts'

/** Sends a document, and answers the messages of its errors. */
export async function execute(query: string, { baseUrl, apiKey }: Place): Promise<string[]> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` }
  const response = await fetch(`${baseUrl}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) })
  const { errors = [] } = (await response.json()) as { errors?: { message: string }[] }
  return errors.map(({ message }) => message)
}
