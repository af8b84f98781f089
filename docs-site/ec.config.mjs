/** @import { ExpressiveCodePlugin } from '@expressive-code/core' */

/**
 * Names each code block by its language and its place on the page: one that scrolls is a region of the page, and regions are told apart
 * by their names.
 *
 * @returns {ExpressiveCodePlugin}
 */
const names = () => ({
  name: 'names of code blocks',
  hooks: {
    postprocessRenderedBlock({ codeBlock, renderData }) {
      const place = (codeBlock.parentDocument?.positionInDocument?.groupIndex ?? 0) + 1
      const [pre] = elements(renderData.blockAst, 'pre')
      if (pre !== undefined) pre.properties['aria-label'] = `${codeBlock.props.title ?? codeBlock.language} ${place}`
    },
  },
})

/** @returns {import('hast').Element[]} */
const elements = (/** @type {import('hast').ElementContent} */ node, /** @type {string} */ tag) =>
  node.type !== 'element' ? [] : [...(node.tagName === tag ? [node] : []), ...node.children.flatMap((child) => elements(child, tag))]

export default { plugins: [names()] }
