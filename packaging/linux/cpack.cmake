# The .deb and the .rpm, made of what cmake --install copies. packaging/linux/build runs this with
# the documents that a package needs beside the program in build/…/package-documents.
set(CPACK_PACKAGE_NAME earshot)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_VENDOR "The Earshot developers")
set(CPACK_PACKAGE_CONTACT "The Earshot developers <earshot-chat@users.noreply.github.com>")
set(CPACK_PACKAGE_HOMEPAGE_URL https://github.com/earshot-chat/earshot)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_MONOLITHIC_INSTALL ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_SOURCE_DIR}/packaging/linux/cpack_generator.cmake)
set(documents ${CMAKE_BINARY_DIR}/package-documents)
set(about
    "One computer on the network hosts a room, the others join it by its address:
nobody needs an account, a server or the internet.
.
Earshot hosts and joins rooms in one window, saves every message as it
arrives, finds and exports what was said, and works with the keyboard alone
and with a screen reader. It also runs without a window: as a service that
hosts a room, on a terminal, and for programs that speak JSON.")

# --- Debian ---
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
if(EARSHOT_MICROHTTPD_FILE)
  # Loaded by its name, so that nothing else knows that the program needs it.
  execute_process(COMMAND dpkg-query --search */${EARSHOT_MICROHTTPD_FILE} OUTPUT_VARIABLE owner ERROR_QUIET)
  string(REGEX MATCH "^[^:, ]+" CPACK_DEBIAN_PACKAGE_DEPENDS "${owner}")
endif()
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "${about}")
install(FILES ${documents}/changelog.gz ${CMAKE_SOURCE_DIR}/packaging/linux/copyright
        DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT debian EXCLUDE_FROM_ALL)

# --- Fedora: the program that needs nothing but wxWidgets, GTK and the C and C++ libraries ---
set(CPACK_RPM_FILE_NAME ${CPACK_PACKAGE_NAME}-${PROJECT_VERSION}-1.${CMAKE_SYSTEM_PROCESSOR}.rpm)
set(CPACK_RPM_PACKAGE_LICENSE MIT)
set(CPACK_RPM_PACKAGE_GROUP Applications/Internet)
set(CPACK_RPM_PACKAGE_AUTOREQ ON)
set(CPACK_RPM_PACKAGE_AUTOPROV OFF)
set(CPACK_RPM_COMPRESSION_TYPE xz)
string(REPLACE "\n.\n" "\n\n" rpm_about "${about}")
set(CPACK_RPM_PACKAGE_DESCRIPTION
    "${rpm_about}

Meant for Fedora 39 and later, whose wxGTK 3.2 has the libraries that this
program was linked with on Debian; it was not run there before its release.")
# Folders that other packages own.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr /usr/bin /usr/share /usr/share/applications
    /usr/share/bash-completion /usr/share/bash-completion/completions /usr/share/doc /usr/share/fish
    /usr/share/fish/vendor_completions.d /usr/share/icons /usr/share/icons/hicolor /usr/share/icons/hicolor/scalable
    /usr/share/icons/hicolor/scalable/apps /usr/share/icons/hicolor/symbolic /usr/share/icons/hicolor/symbolic/apps
    /usr/share/licenses /usr/share/man /usr/share/man/man1 /usr/share/metainfo /usr/share/zsh
    /usr/share/zsh/site-functions)
foreach(size 16 22 24 32 48 64 128 256 512)
  list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION /usr/share/icons/hicolor/${size}x${size}
       /usr/share/icons/hicolor/${size}x${size}/apps)
endforeach()
# The same source and SOURCE_DATE_EPOCH give the same package on any machine.
set(CPACK_RPM_SPEC_MORE_DEFINE
    "%define _buildhost earshot
%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define _build_id_links none
%define debug_package %{nil}")
install(FILES ${CMAKE_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/earshot COMPONENT fedora
        EXCLUDE_FROM_ALL)
install(DIRECTORY ${documents}/licenses/ DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/earshot COMPONENT fedora
        EXCLUDE_FROM_ALL)

set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/packaging/linux/cpack_times.cmake)
include(CPack)
