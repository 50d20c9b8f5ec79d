; Adds $INSTDIR to the PATH of the person, or of everybody, and takes it away again. PATH may be longer
; than the strings of NSIS, so it is never held in one: the text stays in memory of its own, framed
; by semicolons (";first;second;"), and is written back whole with the type that it had.
; -> error flag: PATH was left as it is.

!define KEY_READ_WRITE 0x2001F
!define USER_ROOT -2147483647    ; HKEY_CURRENT_USER
!define MACHINE_ROOT -2147483646 ; HKEY_LOCAL_MACHINE
!define NOT_FOUND 2              ; ERROR_FILE_NOT_FOUND

!macro definePath un
Function ${un}openPath ; -> $R1 key, $R2 memory with room for one more entry, $R3 type; error flag: neither
  ClearErrors
  ${If} $AllUsers = 1
    StrCpy $R3 "SYSTEM\CurrentControlSet\Control\Session Manager\Environment"
    System::Call 'advapi32::RegOpenKeyExW(p ${MACHINE_ROOT}, w R3, i 0, i ${KEY_READ_WRITE}, *p .R1) i .R0'
  ${Else}
    System::Call 'advapi32::RegOpenKeyExW(p ${USER_ROOT}, w "Environment", i 0, i ${KEY_READ_WRITE}, *p .R1) i .R0'
  ${EndIf}
  ${If} $R0 <> 0
    SetErrors
    Return
  ${EndIf}
  StrCpy $R4 0
  System::Call 'advapi32::RegQueryValueExW(p R1, w "Path", p 0, *i .R3, p 0, *i .R4) i .R0'
  ${If} $R0 = ${NOT_FOUND}
    StrCpy $R3 2 ; REG_EXPAND_SZ
    StrCpy $R4 0
  ${ElseIf} $R0 <> 0
  ${OrIf} $R3 < 1
  ${OrIf} $R3 > 2
    System::Call 'advapi32::RegCloseKey(p R1)'
    SetErrors
    Return
  ${EndIf}
  StrLen $R5 "$INSTDIR"
  IntOp $R5 $R5 * 2
  IntOp $R5 $R5 + $R4
  IntOp $R5 $R5 + 16
  System::Alloc $R5 ; all zeros
  Pop $R2
  System::Call '*$R2(&i2 59)' ; ";"
  ${If} $R4 > 2 ; more than the zero at its end
    IntPtrOp $R6 $R2 + 2
    System::Call 'advapi32::RegQueryValueExW(p R1, w "Path", p 0, p 0, p R6, *i R4) i .R0'
    System::Call 'kernel32::lstrcatW(p R2, w ";")'
  ${EndIf}
FunctionEnd

Function ${un}closePath ; writes the text back without its frame
  IntPtrOp $R6 $R2 + 2
  System::Call 'kernel32::lstrlenW(p R6) i .R4'
  ${If} $R4 > 0
    IntOp $R4 $R4 * 2
    IntPtrOp $R7 $R6 + $R4
    IntPtrOp $R7 $R7 - 2
    System::Call '*$R7(&i2 0)'
  ${EndIf}
  ${If} $R4 > 2
    System::Call 'advapi32::RegSetValueExW(p R1, w "Path", i 0, i R3, p R6, i R4) i .R0'
  ${Else}
    System::Call 'advapi32::RegDeleteValueW(p R1, w "Path") i .R0'
  ${EndIf}
  System::Free $R2
  System::Call 'advapi32::RegCloseKey(p R1)'
  SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=3000
  ClearErrors
  ${If} $R0 <> 0
    SetErrors
  ${EndIf}
FunctionEnd

Function ${un}leavePath ; writes nothing
  System::Free $R2
  System::Call 'advapi32::RegCloseKey(p R1)'
  ClearErrors
FunctionEnd

Function ${un}removeFromPath
  Call ${un}openPath
  ${If} ${Errors}
    Return
  ${EndIf}
  System::Call 'shlwapi::StrStrIW(p R2, w ";$INSTDIR;") p .R5'
  ${If} $R5 P= 0
    Call ${un}leavePath
    Return
  ${EndIf}
  StrLen $R6 ";$INSTDIR"
  IntOp $R6 $R6 * 2
  IntPtrOp $R6 $R5 + $R6
  System::Call 'kernel32::lstrlenW(p R6) i .R7'
  IntOp $R7 $R7 + 1
  IntOp $R7 $R7 * 2
  System::Call 'ntdll::memmove(p R5, p R6, p R7)'
  Call ${un}closePath
FunctionEnd
!macroend

!macro defineAddToPath
Function addToPath
  Call openPath
  ${If} ${Errors}
    Return
  ${EndIf}
  System::Call 'shlwapi::StrStrIW(p R2, w ";$INSTDIR;") p .R5'
  ${If} $R5 P<> 0
    Call leavePath
    Return
  ${EndIf}
  System::Call 'kernel32::lstrcatW(p R2, w "$INSTDIR;")'
  Call closePath
FunctionEnd
!macroend
