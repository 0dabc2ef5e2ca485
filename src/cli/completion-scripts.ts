/**
 * What a shell runs at each press of the tab key: it asks `zoo complete` with the words before the cursor, which answers
 * with a line for each word that may follow, its meaning behind a tab. Where nothing is answered, files are completed.
 */
export const completionScripts = {
  bash: `# zoo completion bash: add to ~/.bashrc:  eval "$(zoo completion bash)"
_zoo() {
  local IFS=$'\\n' words
  words=$(zoo complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -o nosort -F _zoo zoo
`,
  zsh: `#compdef zoo
# zoo completion zsh: add to ~/.zshrc behind compinit:  eval "$(zoo completion zsh)"
_zoo() {
  local -a answers
  local tab=$'\\t'
  answers=("\${(@f)$(zoo complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ -n "\${answers[1]}" ]]; then
    answers=("\${(@)answers//:/\\\\:}")
    answers=("\${(@)answers/\${tab}/:}")
    _describe zoo answers
  else
    _files
  fi
}
compdef _zoo zoo
`,
  fish: `# zoo completion fish: save as ~/.config/fish/completions/zoo.fish
function __zoo_complete
  set -l words (commandline -opc)
  zoo complete -- $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c zoo -k -a '(__zoo_complete)'
`,
} as const;
/** Name of a shell. */
export type Shell = keyof typeof completionScripts;
