# Completes the words of earshot, and for "export" the names of the rooms on this computer.

function __earshot_rooms
    set -l data
    set -l words (commandline -opc)
    for i in (seq 2 (math (count $words) - 1) 2>/dev/null)
        test "$words[$i]" = --data-dir; and set data --data-dir $words[(math $i + 1)]
    end
    command $words[1] rooms --json $data 2>/dev/null | string replace -rf '.*"room":"((?:[^"\\\\]|\\\\.)*)".*' '$1' |
        string replace -ra '\\\\(["\\\\])' '$1'
end

set -l commands host join export import search rooms backup restore check
complete -c earshot -f
complete -c earshot -n "not __fish_seen_subcommand_from $commands" -a host -d 'Host a room'
complete -c earshot -n "not __fish_seen_subcommand_from $commands" -a join -d 'Join a room'
complete -c earshot -n "not __fish_seen_subcommand_from $commands" -a export -d 'Write a saved conversation to a file'
complete -c earshot -n "not __fish_seen_subcommand_from $commands" -a import -d 'Read an exported conversation as an archive'
complete -c earshot -n "not __fish_seen_subcommand_from $commands" -a search -d 'Find messages in all saved conversations'
complete -c earshot -n "not __fish_seen_subcommand_from $commands" -a rooms -d 'List the conversations on this computer'
complete -c earshot -n "not __fish_seen_subcommand_from $commands" -a backup -d 'Save the whole profile to a file with a passphrase'
complete -c earshot -n "not __fish_seen_subcommand_from $commands" -a restore -d 'Bring a profile back from such a file'
complete -c earshot -n "not __fish_seen_subcommand_from $commands" -a check -d 'Verify everything that is saved'
complete -c earshot -n "not __fish_seen_subcommand_from $commands" -l version -d 'Show the version'
complete -c earshot -s h -l help -d 'Show help'
complete -c earshot -l data-dir -r -a '(__fish_complete_directories)' -d 'Keep everything of this person in this folder'
complete -c earshot -l verbose -d 'Write diagnostics to standard error'

complete -c earshot -n '__fish_seen_subcommand_from host' -l name -x -d 'Name of the room'
complete -c earshot -n '__fish_seen_subcommand_from host' -l bind -x -d 'Listen on this address only'
complete -c earshot -n '__fish_seen_subcommand_from host' -s p -l port -x -d 'Listen on this port'
complete -c earshot -n '__fish_seen_subcommand_from host' -l join-code -x -d 'Ask everybody for this join code'
complete -c earshot -n '__fish_seen_subcommand_from host' -l open -d 'Let everybody in without a join code'
complete -c earshot -n '__fish_seen_subcommand_from host' -l headless -d 'Host without a window'
complete -c earshot -n '__fish_seen_subcommand_from host' -l share-app -x -a '(__fish_complete_directories)' -d 'Let others download the installers in it'
complete -c earshot -n '__fish_seen_subcommand_from host' -l history -x -a 'all none' -d 'What newcomers see of the past'
complete -c earshot -n '__fish_seen_subcommand_from host' -l share-port -x -d 'Share on this port'
complete -c earshot -n '__fish_seen_subcommand_from host' -l limit -x -a 'texts= changes= renames= history= joins= none default' -d 'How much one member may do'
complete -c earshot -n '__fish_seen_subcommand_from join' -l as -x -d 'Your name in the room'
complete -c earshot -n '__fish_seen_subcommand_from join' -l join-code -x -d 'The join code that the host shows'
complete -c earshot -n '__fish_seen_subcommand_from join' -l console -d 'Chat in this terminal'
complete -c earshot -n '__fish_seen_subcommand_from host join search rooms check' -l json -d 'One JSON object a line'
complete -c earshot -n '__fish_seen_subcommand_from export' -l format -x -a 'text html jsonl csv' -d 'Form of what is written'
complete -c earshot -n '__fish_seen_subcommand_from export' -s o -l output -r -F -d 'Write to this file'
complete -c earshot -n '__fish_seen_subcommand_from export' -l from -x -d 'Only what was said from this time on'
complete -c earshot -n '__fish_seen_subcommand_from export' -l to -x -d 'Only what was said before this time'
complete -c earshot -n '__fish_seen_subcommand_from search' -l person -x -d 'Only what somebody of this name said'
complete -c earshot -n '__fish_seen_subcommand_from search' -l room -x -a '(__earshot_rooms)' -d 'Only in this room'
complete -c earshot -n '__fish_seen_subcommand_from search' -l from -x -d 'Only what was said from this time on'
complete -c earshot -n '__fish_seen_subcommand_from search' -l to -x -d 'Only what was said before this time'
complete -c earshot -n '__fish_seen_subcommand_from search' -l limit -x -d 'At most so many messages'
complete -c earshot -n '__fish_seen_subcommand_from export' -a '(__earshot_rooms)' -d Room
complete -c earshot -n '__fish_seen_subcommand_from backup restore' -l passphrase-file -r -F -d 'Read the passphrase from this file'
complete -c earshot -n '__fish_seen_subcommand_from restore' -l replace -d 'Set aside the profile that is there'
complete -c earshot -n '__fish_seen_subcommand_from check' -l repair -d 'Save what can be read of damaged files'
complete -c earshot -n '__fish_seen_subcommand_from import backup restore' -F
