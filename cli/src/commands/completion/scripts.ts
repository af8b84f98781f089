/**
 * The scripts for bash and zsh. They hand the words to `br complete --` and read back `value<tab>description` lines.
 * They need nothing but the shell itself: no bash-completion package, no framework.
 */

const BASH = `# bash completion for br: source <(br completion bash)
_br_complete() {
  local line=\${COMP_LINE:0:COMP_POINT} value description typed prefix
  local -a words
  read -ra words <<< "$line"
  [[ $line == *[[:space:]] ]] && words+=("")
  typed=\${words[\${#words[@]} - 1]}
  # Readline takes : and = for ends of words and replaces only what follows them.
  prefix=\${typed%"\${typed##*[:=]}"}
  COMPREPLY=()
  while IFS=$'\\t' read -r value description; do
    [[ $value =~ ^:[0-9]+$ ]] && continue
    [[ $value == */ ]] && compopt -o nospace 2> /dev/null
    COMPREPLY+=("\${value#"$prefix"}")
  done < <(br complete -- "\${words[@]:1}" 2> /dev/null)
}
complete -F _br_complete br
`

const ZSH = `#compdef br
# zsh completion for br: br completion zsh > ~/.zsh/completions/_br, with that folder in $fpath
_br() {
  local value description
  local -a values shown folders
  while IFS=$'\\t' read -r value description; do
    [[ $value =~ '^:[0-9]+$' ]] && continue
    if [[ $value == */ ]]; then
      folders+=("$value")
    else
      values+=("$value")
      shown+=("$value\${description:+  $description}")
    fi
  done < <(br complete -- "\${(@)words[2,CURRENT]}" 2> /dev/null)
  (( \${#folders} )) && compadd -S '' -a folders
  (( \${#values} )) && compadd -l -d shown -a values
}
# As a file of $fpath it is the function itself; sourced, it registers the function.
if [[ \${funcstack[1]} == _br ]]; then _br "$@"; else compdef _br br; fi
`

export const SCRIPTS: Readonly<Record<string, string>> = { bash: BASH, zsh: ZSH }
