# Read by CPack once for each kind of package: what is installed everywhere, and that kind's documents.
list(GET CPACK_INSTALL_CMAKE_PROJECTS 0 build)
set(CPACK_INSTALL_CMAKE_PROJECTS ${build} earshot ALL /)
if(CPACK_GENERATOR STREQUAL "DEB")
  list(APPEND CPACK_INSTALL_CMAKE_PROJECTS ${build} earshot debian /)
elseif(CPACK_GENERATOR STREQUAL "RPM")
  list(APPEND CPACK_INSTALL_CMAKE_PROJECTS ${build} earshot fedora /)
endif()
