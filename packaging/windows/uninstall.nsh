; Removes what the installer put there, nothing else; conversations only if asked.

Var DeleteData
Var DataBox

Function un.onInit
  StrCpy $AllUsers 0
  SetShellVarContext current
  ReadRegStr $0 HKLM "${UNINSTALL_KEY}" "InstallLocation"
  ${If} $0 == $INSTDIR
    StrCpy $AllUsers 1
    SetShellVarContext all
    !insertmacro isAdministrator $0
    ${If} $0 = 0
      ${If} ${Silent}
        StrCpy $0 "${TEXT_NOT_ADMIN_REMOVE}"
        Call un.fail
      ${EndIf}
      ExecShell "runas" "$INSTDIR\uninstall.exe"
      Quit
    ${EndIf}
  ${EndIf}
  StrCpy $DeleteData 0
  ${GetParameters} $9
  ClearErrors
  ${GetOptions} $9 "/DeleteData=" $0
  ${If} $0 = 1
    StrCpy $DeleteData 1
  ${EndIf}
FunctionEnd

Function un.showRemove
  !insertmacro MUI_HEADER_TEXT "${TEXT_REMOVE_TITLE}" "${TEXT_REMOVE_SUBTITLE}"
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:${TEXT_REMOVE_BUTTON}"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 28u "${TEXT_REMOVE}"
  Pop $0
  ${NSD_CreateCheckBox} 0 36u 100% 14u "${TEXT_REMOVE_DATA}"
  Pop $DataBox
  ${NSD_SetState} $DataBox $DeleteData
  ${NSD_CreateLabel} 12u 52u -12u 28u "${TEXT_REMOVE_DATA_ABOUT}"
  Pop $0
  nsDialogs::Show
FunctionEnd

Function un.leaveRemove
  ${NSD_GetState} $DataBox $DeleteData
FunctionEnd

Section "un.${NAME}"
  SetOutPath "$TEMP" ; a folder in which a program works cannot be removed
  Call un.ensureClosed

  ReadRegDWORD $0 SHCTX "${UNINSTALL_KEY}" "Firewall"
  ${If} $0 = 1
    !insertmacro forbidInFirewall "un."
  ${EndIf}
  ReadRegDWORD $0 SHCTX "${UNINSTALL_KEY}" "Path"
  ${If} $0 = 1
    Call un.removeFromPath
  ${EndIf}
  ReadRegDWORD $0 SHCTX "${UNINSTALL_KEY}" "Desktop"
  ${If} $0 = 1
    Delete "$DESKTOP\${NAME}.lnk"
  ${EndIf}
  Delete "$SMPROGRAMS\${NAME}.lnk"

  ; Only if nothing else has taken the links since.
  ReadRegStr $0 SHCTX "${LINK_KEY}\shell\open\command" ""
  ${If} $0 == '${LINK_COMMAND}'
    DeleteRegKey SHCTX "${LINK_KEY}"
  ${EndIf}
  DeleteRegKey SHCTX "${APP_PATH_KEY}"
  DeleteRegKey SHCTX "${UNINSTALL_KEY}"
  !insertmacro deletePrograms "$INSTDIR"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

  ${If} $DeleteData = 1
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${NAME}\conversations"
    RMDir /r "$LOCALAPPDATA\${NAME}\rooms"
    RMDir /r "$LOCALAPPDATA\${NAME}\logs"
    RMDir "$LOCALAPPDATA\${NAME}"
    RMDir /r "$APPDATA\${NAME}"
  ${EndIf}
SectionEnd
