/** What the talk about an item reads and writes, and how a comment shows before the server has answered. */
import { graphql } from '@buildrunner/sdk/urql'
import type { FragmentOf, UrqlOptions } from '@buildrunner/sdk/urql'

export const CommentRow = graphql(`
  fragment CommentRow on Comment @_unmask { id body bodyHtml createdAt author { id name } }
`)

export const ItemComments = graphql(`
  query ItemComments($projectId: ID!, $itemId: ID!) {
    viewer { id name }
    comments(projectId: $projectId, itemId: $itemId, first: 20) { totalCount nodes { ...CommentRow } }
  }
`, [CommentRow])

export const AddComment = graphql(`
  mutation AddComment($input: AddCommentInput!) {
    addComment(input: $input) {
      __typename
      ... on AddCommentPayload { comment { ...CommentRow } }
      ... on Error { code message path }
    }
  }
`, [CommentRow])

export type CommentItem = FragmentOf<typeof CommentRow>

interface NewComment {
  projectId: string
  itemId: string
  body: string
  /** A UUID made by the page: the comment has its id before the server knows of it, so that its answer is the same comment. */
  id: string
}

export const nodeIdOf = (uuid: string): string => `cmt_${uuid.replaceAll('-', '')}`

/**
 * A comment is shown at once: as an optimistic answer, put at the top of the list by the same update as the server's. The server's
 * answer takes the place of the optimistic one; when it refuses, the cache forgets the layer, and the list is what it was. The event
 * of the same comment brings the list again from the server, where the comment has the same id.
 */
export const commentCache: NonNullable<UrqlOptions['cache']> = {
  optimistic: {
    addComment(args, cache) {
      const { projectId, itemId, body, id } = args['input'] as unknown as NewComment
      const viewer = cache.readQuery({ query: ItemComments, variables: { projectId, itemId } })?.viewer
      return {
        __typename: 'AddCommentPayload',
        comment: {
          __typename: 'Comment', id: nodeIdOf(id), body, bodyHtml: null, createdAt: new Date().toISOString(),
          author: { __typename: 'Person', id: viewer?.id ?? '', name: viewer?.name ?? '' },
        },
      }
    },
  },
  updates: {
    Mutation: {
      addComment(result, args, cache) {
        const answer = result['addComment'] as { comment?: CommentItem }
        const { projectId, itemId } = args['input'] as unknown as NewComment
        const { comment } = answer
        if (comment === undefined) return
        cache.updateQuery({ query: ItemComments, variables: { projectId, itemId } }, (data) => {
          if (data === null || data.comments.nodes.some(({ id }) => id === comment.id)) return data
          return { ...data, comments: { ...data.comments, totalCount: data.comments.totalCount + 1, nodes: [comment, ...data.comments.nodes] } }
        })
      },
    },
  },
}
