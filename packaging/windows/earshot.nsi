; The installer for Windows. packaging/windows/package calls it:
;   makensis -DVERSION=… -DSOURCE=FOLDER -DOUTPUT=FILE earshot.nsi
; SOURCE holds what is installed, earshot.ico and side.bmp. docs/WINDOWS.md describes what it does
; and the switches of a silent installation.

Unicode true
Target amd64-unicode
!ifndef VERSION | SOURCE | OUTPUT
  !error "VERSION, SOURCE and OUTPUT are needed; packaging/windows/package gives them."
!endif

; The dictionary is larger than both programs, so the second costs next to nothing.
SetCompressor /SOLID /FINAL lzma
SetCompressorDictSize 64

!define NAME "Earshot"
!define PUBLISHER "The Earshot developers"
!define HOMEPAGE "https://github.com/earshot-chat/earshot"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define APP_PATH_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths\earshot.exe"
!define LINK_KEY "Software\Classes\earshot"
; A link comes from anywhere. After "--" nothing is an option, so a quotation mark in a link can at
; most add arguments that the program refuses.
!define LINK_COMMAND '"$INSTDIR\earshot.exe" join -- "%1"'

Name "${NAME}"
OutFile "${OUTPUT}"
BrandingText "${NAME} ${VERSION}"
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
XPStyle on
ShowInstDetails hide
ShowUninstDetails hide
AllowSkipFiles off
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "CompanyName" "${PUBLISHER}"
VIAddVersionKey "LegalCopyright" "${PUBLISHER}, MIT license"

Var AllUsers      ; 1: for everybody
Var GivenFolder   ; /D=…
Var FormerFolder  ; what is replaced; empty: nothing
Var FormerVersion
Var AskedAbout    ; the version of which the person knows that it is newer
Var Settled       ; 1: the command line says for whom

!include MUI2.nsh
!include nsDialogs.nsh
!include FileFunc.nsh
!include WordFunc.nsh
!include Sections.nsh
!include LogicLib.nsh
!include WinMessages.nsh
!include texts.nsh
!include running.nsh
!include firewall.nsh
!include path.nsh

!define MUI_ICON "${SOURCE}/earshot.ico"
!define MUI_UNICON "${SOURCE}/earshot.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SOURCE}/side.bmp"
!define MUI_ABORTWARNING
!define MUI_CUSTOMFUNCTION_GUIINIT askAboutOlder
!define MUI_WELCOMEPAGE_TITLE "${TEXT_WELCOME_TITLE}"
!define MUI_WELCOMEPAGE_TEXT "${TEXT_WELCOME}"
!define MUI_PAGE_CUSTOMFUNCTION_PRE skipIfSettled
!insertmacro MUI_PAGE_WELCOME
Page custom showScope leaveScope
!define MUI_PAGE_HEADER_TEXT "${TEXT_CHOICES_TITLE}"
!define MUI_PAGE_HEADER_SUBTEXT "${TEXT_CHOICES_SUBTITLE}"
!define MUI_COMPONENTSPAGE_TEXT_TOP "${TEXT_CHOICES}"
!define MUI_COMPONENTSPAGE_TEXT_COMPLIST "${TEXT_CHOICES_LIST}"
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "${TEXT_FINISH_TITLE}"
!define MUI_FINISHPAGE_TEXT "${TEXT_FINISH}"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT "${TEXT_FINISH_RUN}"
!define MUI_FINISHPAGE_RUN_FUNCTION start
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_FINISH
UninstPage custom un.showRemove un.leaveRemove
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!insertmacro defineRunning ""
!insertmacro defineRunning "un."
!insertmacro defineFirewall ""
!insertmacro defineFirewall "un."
!insertmacro definePath ""
!insertmacro definePath "un."
!insertmacro defineAddToPath

; Also what an earlier version left in another folder.
!macro deletePrograms FOLDER
  Delete "${FOLDER}\earshot.exe"
  Delete "${FOLDER}\earshot.com"
  Delete "${FOLDER}\README.txt"
  Delete "${FOLDER}\LICENSE.txt"
  Delete "${FOLDER}\THIRD-PARTY.txt"
  Delete "${FOLDER}\uninstall.exe"
  RMDir "${FOLDER}"
!macroend

Section "${TEXT_PROGRAM}" program
  SectionIn RO
  ${If} $FormerFolder != ""
  ${AndIf} $FormerFolder != $INSTDIR
    Push $INSTDIR
    StrCpy $INSTDIR $FormerFolder
    Call ensureClosed
    Call removeFromPath
    Pop $INSTDIR
    !insertmacro deletePrograms "$FormerFolder"
  ${EndIf}
  Call ensureClosed

  SetOutPath "$INSTDIR"
  File "${SOURCE}/earshot.exe"
  File "${SOURCE}/earshot.com"
  File "${SOURCE}/README.txt"
  File "${SOURCE}/LICENSE.txt"
  File "${SOURCE}/THIRD-PARTY.txt"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr SHCTX "${LINK_KEY}" "" "URL:${NAME}"
  WriteRegStr SHCTX "${LINK_KEY}" "URL Protocol" ""
  WriteRegStr SHCTX "${LINK_KEY}\DefaultIcon" "" '"$INSTDIR\earshot.exe",0'
  WriteRegStr SHCTX "${LINK_KEY}\shell\open\command" "" '${LINK_COMMAND}'
  WriteRegStr SHCTX "${APP_PATH_KEY}" "" "$INSTDIR\earshot.exe"
  WriteRegStr SHCTX "${APP_PATH_KEY}" "Path" "$INSTDIR"

  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\earshot.exe"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegStr SHCTX "${UNINSTALL_KEY}" "URLInfoAbout" "${HOMEPAGE}"
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
  SectionGetSize ${program} $0
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" $0
SectionEnd

Section "${TEXT_START_MENU}" startMenu
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\earshot.exe"
SectionEnd

Section /o "${TEXT_DESKTOP}" desktop
  CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\earshot.exe"
SectionEnd

Section /o "${TEXT_FIREWALL}" firewallRule
  ReadRegDWORD $2 SHCTX "${UNINSTALL_KEY}" "Firewall"
  ${If} $2 <> 1
  ${OrIf} $FormerFolder != $INSTDIR
    !insertmacro allowInFirewall
    ${If} ${Errors}
      DetailPrint "${TEXT_FIREWALL_REFUSED}"
      !insertmacro UnselectSection ${firewallRule}
    ${EndIf}
  ${EndIf}
SectionEnd

Section /o "${TEXT_PATH}" path
  Call addToPath
  ${If} ${Errors}
    DetailPrint "${TEXT_PATH_FAILED}"
    !insertmacro UnselectSection ${path}
  ${EndIf}
SectionEnd

; Remembers what was chosen, for the next version, and takes back what is no longer wanted.
!macro remember SECTION NAME
  StrCpy $1 0
  ${If} ${SectionIsSelected} ${${SECTION}}
    StrCpy $1 1
  ${EndIf}
  ReadRegDWORD $2 SHCTX "${UNINSTALL_KEY}" "${NAME}"
  WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "${NAME}" $1
  IntOp $2 $2 - $1 ; 1: was wanted, is not
!macroend

Section "-choices"
  !insertmacro remember startMenu "StartMenu"
  ${If} $2 = 1
    Delete "$SMPROGRAMS\${NAME}.lnk"
  ${EndIf}
  !insertmacro remember desktop "Desktop"
  ${If} $2 = 1
    Delete "$DESKTOP\${NAME}.lnk"
  ${EndIf}
  !insertmacro remember firewallRule "Firewall"
  ${If} $2 = 1
    !insertmacro forbidInFirewall ""
  ${EndIf}
  !insertmacro remember path "Path"
  ${If} $2 = 1
    Call removeFromPath
  ${EndIf}
  ; The desktop reads icons and links anew.
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${program} "${TEXT_PROGRAM_ABOUT}"
  !insertmacro MUI_DESCRIPTION_TEXT ${startMenu} "${TEXT_START_MENU_ABOUT}"
  !insertmacro MUI_DESCRIPTION_TEXT ${desktop} "${TEXT_DESKTOP_ABOUT}"
  !insertmacro MUI_DESCRIPTION_TEXT ${firewallRule} "${TEXT_FIREWALL_ABOUT}"
  !insertmacro MUI_DESCRIPTION_TEXT ${path} "${TEXT_PATH_ABOUT}"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

!include scope.nsh
!include uninstall.nsh
