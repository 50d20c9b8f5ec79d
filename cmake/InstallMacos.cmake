# Earshot.app and the disk image it comes in. The console faces run the program inside the bundle:
#   Earshot.app/Contents/MacOS/Earshot host --headless
set(EARSHOT_MACOS_MINIMUM ${CMAKE_OSX_DEPLOYMENT_TARGET})
if(NOT EARSHOT_MACOS_MINIMUM)
  set(EARSHOT_MACOS_MINIMUM 12.0)
endif()
configure_file(packaging/macos/Info.plist.in Info.plist @ONLY)

set(_icon ${CMAKE_BINARY_DIR}/Earshot.icns)
set(_drawing ${CMAKE_SOURCE_DIR}/resources/icons/earshot.svg)
set(_make_icon ${CMAKE_SOURCE_DIR}/packaging/macos/make-icon)
add_custom_command(OUTPUT ${_icon} COMMAND ${_make_icon} ${_icon} DEPENDS ${_make_icon} ${_drawing} VERBATIM)
add_custom_target(earshot_icon DEPENDS ${_icon})
add_dependencies(earshot earshot_icon)

set(_inside ${_icon} ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/resources/THIRD-PARTY.md)
set_target_properties(
  earshot
  PROPERTIES MACOSX_BUNDLE ON
             OUTPUT_NAME Earshot
             MACOSX_BUNDLE_INFO_PLIST ${CMAKE_BINARY_DIR}/Info.plist
             RESOURCE "${_inside}")

install(TARGETS earshot BUNDLE DESTINATION .)
# Signed by nobody in particular, which Apple's processors insist on; not notarized.
install(
  CODE "execute_process(COMMAND codesign --force --sign - \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/Earshot.app\"
                        COMMAND_ERROR_IS_FATAL ANY)")

set(CPACK_GENERATOR DragNDrop)
set(CPACK_PACKAGE_NAME Earshot)
set(CPACK_PACKAGE_VENDOR "The Earshot developers")
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_FILE_NAME earshot-${PROJECT_VERSION}-macos)
set(CPACK_DMG_VOLUME_NAME "Earshot ${PROJECT_VERSION}")
set(CPACK_VERBATIM_VARIABLES ON)
include(CPack)
