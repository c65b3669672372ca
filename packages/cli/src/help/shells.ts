// The completion script of each shell; all ask `i2kit __complete`, and fall back to files where it says nothing.

const bash = `# i2kit completion for bash
_i2kit() {
  local word words
  words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  while IFS=$'\\t' read -r word _; do
    [[ -n $word ]] && COMPREPLY+=("$word")
  done < <(i2kit __complete "\${words[@]}" 2>/dev/null)
}
complete -o bashdefault -o default -F _i2kit i2kit
`;

const zsh = `#compdef i2kit
# i2kit completion for zsh
_i2kit() {
  local -a found
  local word what
  while IFS=$'\\t' read -r word what; do
    [[ -n $word ]] && found+=("\${word//:/\\\\:}:$what")
  done < <(i2kit __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)
  if (( \${#found} )); then _describe i2kit found; else _files; fi
}
if [[ $funcstack[1] == _i2kit ]]; then _i2kit; else compdef _i2kit i2kit; fi
`;

const fish = `# i2kit completion for fish
function __i2kit_complete
  set -l words (commandline -opc) (commandline -ct)
  i2kit __complete $words[2..-1] 2>/dev/null
end
complete -c i2kit -f -n 'test -n "$(__i2kit_complete)"' -a '(__i2kit_complete)'
`;

export const scripts = { bash, zsh, fish } as const;
