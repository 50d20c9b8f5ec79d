; For whom: only for the person who installs (the default, without an administrator), or for
; everybody. Each has its own folder, registry and former installation.

!macro isAdministrator RESULT
  UserInfo::GetAccountType
  Pop ${RESULT}
  ${If} ${RESULT} == "Admin"
    StrCpy ${RESULT} 1
  ${Else}
    StrCpy ${RESULT} 0
  ${EndIf}
!macroend

Function .onInit
  StrCpy $GivenFolder $INSTDIR
  StrCpy $AllUsers 0
  StrCpy $Settled 0
  ${GetParameters} $9
  ClearErrors
  ${GetOptions} $9 "/CurrentUser" $0
  ${IfNot} ${Errors}
    StrCpy $Settled 1
  ${EndIf}
  ClearErrors
  ${GetOptions} $9 "/AllUsers" $0
  ${IfNot} ${Errors}
    StrCpy $AllUsers 1
    StrCpy $Settled 1
    !insertmacro isAdministrator $0
    ${If} $0 = 0
      StrCpy $Settled 0
      ${If} ${Silent}
        StrCpy $0 "${TEXT_NOT_ADMIN}"
        Call fail
      ${EndIf}
    ${EndIf}
  ${EndIf}
  ${If} $Settled = 0
  ${AndIfNot} ${Silent}
    ; Whoever has it for everybody wants the next version for everybody.
    ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
    ReadRegStr $1 HKCU "${UNINSTALL_KEY}" "InstallLocation"
    ${If} $0 != ""
    ${AndIf} $1 == ""
      StrCpy $AllUsers 1
    ${EndIf}
  ${EndIf}
  Call useScope
FunctionEnd

; What the command line says (/NAME=1), else what was chosen last time, else DEFAULT. $9: command line.
!macro preset SECTION NAME DEFAULT
  StrCpy $1 ${DEFAULT}
  ClearErrors
  ReadRegDWORD $2 SHCTX "${UNINSTALL_KEY}" "${NAME}"
  ${IfNot} ${Errors}
    StrCpy $1 $2
  ${EndIf}
  ClearErrors
  ${GetOptions} $9 "/${NAME}=" $2
  ${IfNot} ${Errors}
    StrCpy $1 $2
  ${EndIf}
  ${If} $1 = 1
    !insertmacro SelectSection ${${SECTION}}
  ${Else}
    !insertmacro UnselectSection ${${SECTION}}
  ${EndIf}
!macroend

; Folder, former installation and preset options for $AllUsers.
Function useScope
  SetShellVarContext current
  StrCpy $1 "$LOCALAPPDATA\Programs\${NAME}"
  ${If} $AllUsers = 1
    SetShellVarContext all
    StrCpy $1 "$PROGRAMFILES64\${NAME}"
  ${EndIf}
  ReadRegStr $FormerFolder SHCTX "${UNINSTALL_KEY}" "InstallLocation"
  ReadRegStr $FormerVersion SHCTX "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $GivenFolder != ""
    StrCpy $INSTDIR $GivenFolder
  ${ElseIf} $FormerFolder != ""
    StrCpy $INSTDIR $FormerFolder
  ${Else}
    StrCpy $INSTDIR $1
  ${EndIf}

  ${GetParameters} $9
  ; Where the rights are there anyway, the rule costs no question.
  StrCpy $0 0
  ${IfNot} ${Silent}
    StrCpy $0 $AllUsers
  ${EndIf}
  !insertmacro preset firewallRule "Firewall" $0
  !insertmacro preset startMenu "StartMenu" 1
  !insertmacro preset desktop "Desktop" 0
  !insertmacro preset path "Path" 0
FunctionEnd

Function askAboutOlder
  ${If} $FormerVersion != ""
  ${AndIf} $FormerVersion != $AskedAbout
    ${VersionCompare} "$FormerVersion" "${VERSION}" $0
    ${If} $0 = 1
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "${TEXT_OLDER}" IDYES goOn
      Quit
    goOn:
      StrCpy $AskedAbout $FormerVersion
    ${EndIf}
  ${EndIf}
FunctionEnd

Function skipIfSettled
  ${If} $Settled = 1
    Abort
  ${EndIf}
FunctionEnd

Var ScopeMe
Var ScopeAll

Function showScope
  Call skipIfSettled
  !insertmacro MUI_HEADER_TEXT "${TEXT_SCOPE_TITLE}" "${TEXT_SCOPE_SUBTITLE}"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateRadioButton} 0 10u 100% 14u "${TEXT_SCOPE_ME}"
  Pop $ScopeMe
  ${NSD_CreateRadioButton} 0 30u 100% 14u "${TEXT_SCOPE_ALL}"
  Pop $ScopeAll
  ${If} $AllUsers = 1
    ${NSD_Check} $ScopeAll
    ${NSD_SetFocus} $ScopeAll
  ${Else}
    ${NSD_Check} $ScopeMe
    ${NSD_SetFocus} $ScopeMe
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function leaveScope
  ${NSD_GetState} $ScopeAll $AllUsers
  !insertmacro isAdministrator $0
  ${If} $AllUsers = 1
  ${AndIf} $0 = 0
    ClearErrors
    ${GetParameters} $9
    ExecShell "runas" "$EXEPATH" "/AllUsers $9"
    ${IfNot} ${Errors}
      Quit
    ${EndIf}
    MessageBox MB_OK|MB_ICONINFORMATION "${TEXT_SCOPE_REFUSED}"
    StrCpy $AllUsers 0
    ${NSD_Uncheck} $ScopeAll
    ${NSD_Check} $ScopeMe
    Abort
  ${EndIf}
  Call useScope
  Call askAboutOlder
FunctionEnd

; Not with an administrator's rights, if the installer had them.
Function start
  ${If} $AllUsers = 1
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\earshot.exe"'
  ${Else}
    Exec '"$INSTDIR\earshot.exe"'
  ${EndIf}
FunctionEnd
