; A rule that lets others reach rooms hosted here. Rules belong to the computer, so Windows asks for
; an administrator, once for both programs; the rest of the installation does without. netsh is
; named by its full path, and a folder with a percent sign, which cmd would read as a variable, gets
; no rule. -> error flag: nothing was done.

!define NETSH '"$SYSDIR\netsh.exe" advfirewall firewall'
!define RULE 'rule name="${NAME}"'
!define FOR_PROGRAM 'program="$INSTDIR\earshot.%e"'

!macro defineFirewall un
Function ${un}firewall ; $0: what to do with "$INSTDIR\earshot.%e", for cmd
  ${WordFind} "$INSTDIR" "%" "E+1{" $1
  ${IfNot} ${Errors}
    SetErrors
    Return
  ${EndIf}
  ClearErrors
  ExecShellWait "runas" "$SYSDIR\cmd.exe" '/d /s /c "for %e in (exe com) do ($0)"' SW_HIDE
FunctionEnd
!macroend

; The former rule goes first, so that there is one however often this runs.
!macro allowInFirewall
  StrCpy $0 '${NETSH} delete ${RULE} ${FOR_PROGRAM} & ${NETSH} add ${RULE} dir=in action=allow ${FOR_PROGRAM} profile=private,domain enable=yes'
  Call firewall
!macroend

!macro forbidInFirewall un
  StrCpy $0 '${NETSH} delete ${RULE} ${FOR_PROGRAM}'
  Call ${un}firewall
!macroend
