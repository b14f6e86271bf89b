; Runs in the uninstaller before any file goes: https://www.electron.build/docs/nsis#custom-nsis-script
; The data and the keychain entries go only if the person says so: by answering, or silently with /PURGE.
; No /SD on the MessageBox: a one-click uninstaller is always in silent mode, and /SD would answer for the person.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    StrCpy $R2 "ask"
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/S" $R1
    ${ifNot} ${Errors}
      StrCpy $R2 "keep"
    ${endIf}
    ClearErrors
    ${GetOptions} $R0 "/PURGE" $R1
    ${ifNot} ${Errors}
      StrCpy $R2 "purge"
    ${endIf}
    ${if} $R2 == "ask"
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "Remove your data too?$\r$\n$\r$\nYes removes the copies of your calendars and Mooring's entries in the Windows Credential Manager. No leaves them for the next installation. What is at Google is not touched either way." IDNO +2
      StrCpy $R2 "answered"
    ${endIf}
    ${if} $R2 != "ask"
    ${andIf} $R2 != "keep"
      DetailPrint "Removing Mooring's data"
      ClearErrors
      ExecWait '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" --purge' $R1
      ${if} ${Errors}
      ${orIf} $R1 != 0
        ${if} $R2 == "answered"
          MessageBox MB_OK|MB_ICONEXCLAMATION "Not all of Mooring's data could be removed. Look in $APPDATA\Mooring and, in the Credential Manager, for entries that begin with Mooring."
        ${endIf}
      ${else}
        ; What Chromium keeps beside the data, which the app had open while it removed the rest.
        RMDir /r "$APPDATA\Mooring"
      ${endIf}
    ${endIf}
  ${endIf}
!macroend
