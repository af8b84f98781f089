/** The playground: GraphiQL, served whole by this process, with working examples and a form for the key. */
const EXAMPLES = `# The playground of your BuildRunner server. Enter your API key above, then run one of these (Ctrl-Enter).

query Projects {
  projects(first: 20) {
    nodes {
      id
      slug
      name
      counts { milestones steps microsteps }
      progress { percent done total }
    }
  }
}

query Plan($projectId: ID! = "demo") {
  plan(projectId: $projectId) {
    sequence
    milestones {
      key
      title
      progress { percent }
      steps {
        key
        title
        microsteps { key title status acceptanceCriteria { text } }
      }
    }
  }
}

query WhatNext($projectId: ID! = "demo") {
  planAnalysis(projectId: $projectId) {
    ready
    blocked { key reasons { message } }
    criticalPath { expectedHours keys }
  }
}

query Health {
  health { status version database redis migrations }
}
`

/** A bar above GraphiQL. The key stays in this tab's session storage and goes along with every request of the page. */
const KEY_FORM = `
<form id="key-form" autocomplete="off">
  <label for="key">API key</label>
  <input id="key" name="key" type="password" placeholder="br_..." spellcheck="false" />
  <button type="submit">Use this key</button>
  <output id="key-state" for="key"></output>
</form>
<style>
  body { display: flex; flex-direction: column; height: 100vh; margin: 0; overflow: hidden }
  #key-form { display: flex; gap: .5rem; align-items: center; padding: .5rem .75rem; font: 14px system-ui, sans-serif; background: #12263a; color: #fff }
  #key-form input { flex: 0 1 26rem; padding: .3rem .5rem; border: 1px solid #7d93a8; border-radius: 4px; font: inherit }
  #key-form button { padding: .3rem .75rem; border: 0; border-radius: 4px; background: #fff; color: #12263a; font: inherit; cursor: pointer }
  #key-form :focus-visible { outline: 3px solid #ffb000; outline-offset: 1px }
  #root { flex: 1; min-height: 0; width: 100%; height: auto }
  #root > *, #root .graphiql-container { height: 100%; width: 100% }
</style>
<script>
  (() => {
    const STORED = 'buildrunner-playground-key'
    const send = window.fetch.bind(window)
    window.fetch = (input, init = {}) => {
      const key = sessionStorage.getItem(STORED)
      const headers = new Headers(init.headers)
      if (key && !headers.has('authorization')) headers.set('authorization', 'Bearer ' + key)
      return send(input, { ...init, headers })
    }
    const say = (text) => { document.getElementById('key-state').textContent = text }
    async function check() {
      if (!sessionStorage.getItem(STORED)) return say('No key yet: queries will be refused.')
      const answer = await window.fetch(location.pathname, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: '{ viewer { name organisation { name } } }' }) })
      const { data, errors } = await answer.json()
      say(data ? 'Signed in as ' + data.viewer.name + ', ' + data.viewer.organisation.name + '.' : errors[0].message)
    }
    document.getElementById('key-form').addEventListener('submit', (event) => {
      event.preventDefault()
      const field = document.getElementById('key')
      sessionStorage.setItem(STORED, field.value.trim())
      field.value = ''
      check()
    })
    check()
  })()
</script>
`

/** Renders the page. GraphiQL's nine megabytes are loaded at the first visit, not at start. */
export async function renderPlayground(options: Record<string, unknown> = {}): Promise<string> {
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql')
  const html = renderGraphiQL({ ...options, title: 'BuildRunner playground', defaultQuery: EXAMPLES } as never)
  return html.replace('<div id="root"></div>', `${KEY_FORM}<div id="root"></div>`)
}
