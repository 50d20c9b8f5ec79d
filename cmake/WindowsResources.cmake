# earshot_windows_resources(TARGET FILE_NAME name DESCRIPTION text): icon, version and manifest of an
# executable, from packaging/windows.
enable_language(RC)

set(_windows_icon ${CMAKE_BINARY_DIR}/earshot.ico)
add_custom_command(
  OUTPUT ${_windows_icon}
  COMMAND ${CMAKE_SOURCE_DIR}/packaging/windows/make-icon ${_windows_icon}
  DEPENDS ${CMAKE_SOURCE_DIR}/resources/icons/earshot.svg
          ${CMAKE_SOURCE_DIR}/resources/io.github.earshot_chat.Earshot-small.svg
          ${CMAKE_SOURCE_DIR}/packaging/windows/make-icon
  VERBATIM)
add_custom_target(earshot_windows_icon DEPENDS ${_windows_icon})

function(earshot_windows_resources target)
  cmake_parse_arguments(arg "" "FILE_NAME;DESCRIPTION" "" ${ARGN})
  set(folder ${CMAKE_SOURCE_DIR}/packaging/windows)
  set(script ${CMAKE_CURRENT_BINARY_DIR}/${target}.rc)
  get_target_property(is_window ${target} WIN32_EXECUTABLE)
  if(is_window)
    # Cursors and bitmaps of wx; the manifest is our own.
    set(wx_resources "#define wxUSE_NO_MANIFEST 1\n#include \"wx/msw/wx.rc\"")
  endif()
  configure_file(${folder}/earshot.rc.in ${script} @ONLY)
  target_sources(${target} PRIVATE ${script})
  set_source_files_properties(${script} PROPERTIES OBJECT_DEPENDS "${_windows_icon};${folder}/earshot.manifest")
  add_dependencies(${target} earshot_windows_icon)
endfunction()
