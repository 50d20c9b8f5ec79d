# shellcheck shell=bash
# Completes the words of earshot, and for "export" the names of the rooms on this computer.

# The names, one a line; a --data-dir that is already on the line counts.
_earshot_rooms() {
  local i data=()
  for ((i = 1; i < COMP_CWORD - 1; i++)); do
    [ "${COMP_WORDS[i]}" != --data-dir ] || data=(--data-dir "${COMP_WORDS[i + 1]}")
  done
  command "${COMP_WORDS[0]}" rooms --json "${data[@]}" 2>/dev/null |
    sed -nE 's/.*"room":"(([^"\\]|\\.)*)".*/\1/p' | sed -E 's/\\(["\\])/\1/g'
}

_earshot() {
  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} command='' words='' word i
  COMPREPLY=()
  case $before in
    --data-dir | --share-app)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$current")
      return
      ;;
    -o | --output | --passphrase-file)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$current")
      return
      ;;
    --format)
      mapfile -t COMPREPLY < <(compgen -W "text html jsonl csv" -- "$current")
      return
      ;;
    --name | --bind | -p | --port | --share-port | --as | --join-code | --from | --to | --person | --room | --limit) return ;;
  esac
  for ((i = 1; i < COMP_CWORD; i++)); do
    case ${COMP_WORDS[i]} in
      host | join | export | import | search | rooms | backup | restore | check) command=${COMP_WORDS[i]} && break ;;
    esac
  done
  case $command in
    '') words='host join export import search rooms backup restore check --help --version --data-dir --verbose' ;;
    host) words='--name --bind --port --join-code --open --headless --json --history --limit --share-app --share-port --data-dir --verbose --help' ;;
    join) words='--as --join-code --console --json --data-dir --verbose --help' ;;
    export) words='--format --output --from --to --data-dir --verbose --help' ;;
    import) words='--data-dir --verbose --help' ;;
    search) words='--person --room --from --to --limit --json --data-dir --verbose --help' ;;
    rooms) words='--json --data-dir --verbose --help' ;;
    backup) words='--passphrase-file --data-dir --verbose --help' ;;
    check) words='--repair --json --data-dir --verbose --help' ;;
    restore) words='--passphrase-file --replace --data-dir --verbose --help' ;;
  esac
  if [[ $command == @(import|backup|restore) && $current != -* ]]; then
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$current")
    return
  fi
  if [ "$command" = export ] && [[ $current != -* ]]; then
    local quote=''
    case $current in [\"\']*) quote=${current:0:1} ;; esac
    local typed=${current#"$quote"}
    [ -n "$quote" ] || typed=${typed//\\/}
    while IFS= read -r word; do
      [[ $word == "$typed"* ]] || continue
      [ -n "$quote" ] || printf -v word '%q' "$word"
      COMPREPLY+=("$word")
    done < <(_earshot_rooms)
    return
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}

complete -F _earshot earshot
