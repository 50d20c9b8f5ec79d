; Nothing is replaced or removed while Earshot runs: a program that runs cannot be opened for writing.
; ensureClosed asks its windows to close, waits, and gives up after ten seconds: silently with exit
; code 2 and a sentence on standard error, else with a question.

!macro defineRunning un
Function ${un}isRunning ; -> $0: 1 if one of the two programs in $INSTDIR cannot be replaced now
  StrCpy $0 0
  !insertmacro openForWriting "$INSTDIR\earshot.exe"
  !insertmacro openForWriting "$INSTDIR\earshot.com"
FunctionEnd

Function ${un}askToClose ; WM_CLOSE to every visible window of $INSTDIR\earshot.exe; -> $5: how many
  StrCpy $0 0
  StrCpy $5 0
  ${Do}
    System::Call 'user32::FindWindowExW(p 0, p r0, p 0, p 0) p .r0'
    ${If} $0 P= 0
      ${Break}
    ${EndIf}
    System::Call 'user32::IsWindowVisible(p r0) i .r1'
    ${If} $1 = 0
      ${Continue}
    ${EndIf}
    System::Call 'user32::GetWindowThreadProcessId(p r0, *i .r1)'
    System::Call 'kernel32::OpenProcess(i 0x1000, i 0, i r1) p .r2' ; PROCESS_QUERY_LIMITED_INFORMATION
    ${If} $2 P<> 0
      StrCpy $3 ""
      System::Call 'kernel32::QueryFullProcessImageNameW(p r2, i 0, w .r3, *i ${NSIS_MAX_STRLEN})'
      System::Call 'kernel32::CloseHandle(p r2)'
      ${If} $3 == "$INSTDIR\earshot.exe"
        System::Call 'user32::PostMessageW(p r0, i ${WM_CLOSE}, p 0, p 0)'
        IntOp $5 $5 + 1
      ${EndIf}
    ${EndIf}
  ${Loop}
FunctionEnd

Function ${un}ensureClosed
  Call ${un}isRunning
  ${If} $0 = 0
    Return
  ${EndIf}
  MessageBox MB_OKCANCEL|MB_ICONINFORMATION "${TEXT_RUNNING}" /SD IDOK IDOK close
  SetErrorLevel 1
  Quit
close:
  Call ${un}askToClose
  StrCpy $4 0
  ${Do}
    Sleep 250
    Call ${un}isRunning
    ${If} $0 = 0
      Return
    ${EndIf}
    ${If} $5 = 0 ; it may have been starting
      Call ${un}askToClose
    ${EndIf}
    IntOp $4 $4 + 1
  ${LoopUntil} $4 = 40
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${TEXT_STILL_RUNNING}" /SD IDCANCEL IDRETRY close
  StrCpy $0 "${TEXT_STILL_RUNNING_SILENT}"
  Call ${un}fail
FunctionEnd

Function ${un}fail ; says $0 on standard error, if there is one, and leaves with exit code 2
  System::Call 'kernel32::AttachConsole(i -1)'
  System::Call 'kernel32::GetStdHandle(i -12) p .r1'
  ${If} $1 P> 0
    FileWrite $1 "$0$\r$\n"
  ${EndIf}
  SetErrorLevel 2
  Quit
FunctionEnd
!macroend

!macro openForWriting FILE
  ${If} ${FileExists} "${FILE}"
    ClearErrors
    FileOpen $1 "${FILE}" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend
