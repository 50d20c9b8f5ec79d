# Everything Earshot builds on, as targets. System packages on Linux, packaging/dependencies for the
# Windows cross-build and the portable Linux program, vcpkg elsewhere.
find_package(Threads REQUIRED)

set(_suffixes ${CMAKE_FIND_LIBRARY_SUFFIXES})
if(EARSHOT_STATIC)
  # All but the C library, GTK and, on Linux, wxWidgets is linked into the program.
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a ${_suffixes})
  set(Protobuf_USE_STATIC_LIBS ON)
  set(PKG_CONFIG_ARGN --static)
endif()
if(EARSHOT_PREFIXES)
  list(PREPEND CMAKE_PREFIX_PATH ${EARSHOT_PREFIXES})
  if(CMAKE_CROSSCOMPILING)
    # pkg-config must not answer with the build machine's own libraries.
    list(TRANSFORM EARSHOT_PREFIXES APPEND /lib/pkgconfig OUTPUT_VARIABLE _pkgconfig)
    list(JOIN _pkgconfig ":" _pkgconfig)
    set(ENV{PKG_CONFIG_LIBDIR} "${_pkgconfig}")
  endif()
endif()

find_package(SQLite3 REQUIRED)
find_package(SQLiteCpp REQUIRED)
if(DEFINED VCPKG_TARGET_TRIPLET)
  # Newer ones need more than CMake's own search for them knows; their own description names it all.
  find_package(Protobuf CONFIG REQUIRED)
else()
  find_package(Protobuf REQUIRED)
endif()
find_package(CLI11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)

set(OPENSSL_USE_STATIC_LIBS ${EARSHOT_STATIC})
find_package(OpenSSL 3.0 REQUIRED COMPONENTS SSL Crypto)
if(MINGW)
  target_link_libraries(OpenSSL::Crypto INTERFACE ws2_32 crypt32 bcrypt)
endif()

if(DEFINED VCPKG_TARGET_TRIPLET)
  # Before any pkg-config that comes with something else and knows nothing of vcpkg.
  find_program(PKG_CONFIG_EXECUTABLE pkgconf PATHS ${VCPKG_INSTALLED_DIR}/${VCPKG_HOST_TRIPLET}/tools/pkgconf
               NO_DEFAULT_PATH)
endif()
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
if(MSVC)
  # vcpkg builds it with its Visual Studio project, which knows nothing of pkg-config.
  find_path(MICROHTTPD_INCLUDE_DIR microhttpd.h REQUIRED)
  find_library(MICROHTTPD_LIBRARY NAMES libmicrohttpd-dll libmicrohttpd microhttpd REQUIRED)
  add_library(PkgConfig::microhttpd INTERFACE IMPORTED)
  target_include_directories(PkgConfig::microhttpd INTERFACE ${MICROHTTPD_INCLUDE_DIR})
  target_link_libraries(PkgConfig::microhttpd INTERFACE ${MICROHTTPD_LIBRARY})
else()
  pkg_check_modules(microhttpd REQUIRED IMPORTED_TARGET libmicrohttpd)
  if(CMAKE_SYSTEM_NAME STREQUAL Linux AND microhttpd_LINK_LIBRARIES MATCHES "libmicrohttpd\\.so")
    # Loaded when it is needed (src/net/http_library.h): the headers are enough, and the file's name.
    list(GET microhttpd_LINK_LIBRARIES 0 _library)
    file(REAL_PATH "${_library}" _library)
    string(REGEX MATCH "libmicrohttpd\\.so\\.[0-9]+" EARSHOT_MICROHTTPD_FILE "${_library}")
    if(EARSHOT_MICROHTTPD_FILE)
      set_target_properties(PkgConfig::microhttpd PROPERTIES INTERFACE_LINK_LIBRARIES "${CMAKE_DL_LIBS}")
    endif()
  endif()
endif()
if(MINGW AND EARSHOT_STATIC)
  # Their headers would import from a DLL.
  target_compile_definitions(PkgConfig::sodium INTERFACE SODIUM_STATIC)
  target_compile_definitions(PkgConfig::utf8proc INTERFACE UTF8PROC_STATIC)
endif()

if(EARSHOT_GUI)
  # Its header is <qrcodegen.hpp> wherever the library comes from.
  add_library(qrcodegen::qrcodegen INTERFACE IMPORTED)
  if(DEFINED VCPKG_TARGET_TRIPLET)
    find_package(unofficial-nayuki-qr-code-generator CONFIG REQUIRED)
    target_link_libraries(qrcodegen::qrcodegen
                          INTERFACE unofficial::nayuki-qr-code-generator::nayuki-qr-code-generator)
  else()
    # Every system's package describes it in a way of its own, or not at all.
    find_path(QRCODEGEN_INCLUDE_DIR qrcodegen.hpp PATH_SUFFIXES qrcodegen qrcodegencpp REQUIRED)
    find_library(QRCODEGEN_LIBRARY qrcodegencpp REQUIRED)
    target_include_directories(qrcodegen::qrcodegen INTERFACE ${QRCODEGEN_INCLUDE_DIR})
    target_link_libraries(qrcodegen::qrcodegen INTERFACE ${QRCODEGEN_LIBRARY})
  endif()
endif()

set(CMAKE_FIND_LIBRARY_SUFFIXES ${_suffixes})
set(PKG_CONFIG_ARGN "")  # shadows the cached one: GTK stays shared

if(MINGW)
  # Compiled by CMake, wxWidgets describes itself; vcpkg leaves that to CMake's search.
  find_package(wxWidgets 3.2 CONFIG REQUIRED COMPONENTS base net core)
endif()

# FindwxWidgets describes one set of components in variables, so it is asked once for sockets
# without a display (net) and once for windows (gui); each answer becomes a target.
function(earshot_wx target)
  add_library(${target} INTERFACE)
  if(MINGW)
    list(TRANSFORM ARGN PREPEND wx:: OUTPUT_VARIABLE components)
    target_link_libraries(${target} INTERFACE ${components})
    # Built without assertions, which its headers do not know by themselves.
    target_compile_definitions(${target} INTERFACE wxDEBUG_LEVEL=0)
    return()
  endif()
  find_package(wxWidgets 3.2 REQUIRED COMPONENTS ${ARGN})
  target_include_directories(${target} SYSTEM INTERFACE ${wxWidgets_INCLUDE_DIRS})
  target_compile_definitions(${target} INTERFACE ${wxWidgets_DEFINITIONS})
  target_compile_options(${target} INTERFACE ${wxWidgets_CXX_FLAGS})
  target_link_directories(${target} INTERFACE ${wxWidgets_LIBRARY_DIRS})
  target_link_libraries(${target} INTERFACE ${wxWidgets_LIBRARIES})
  # Drop the answer, so that the next call asks wx-config again.
  foreach(var wxWidgets_LIBRARIES wxWidgets_INCLUDE_DIRS wxWidgets_DEFINITIONS wxWidgets_CXX_FLAGS)
    unset(${var} PARENT_SCOPE)
  endforeach()
endfunction()
earshot_wx(earshot_wx_net net base)
if(EARSHOT_GUI)
  earshot_wx(earshot_wx_gui core base)
  if(UNIX AND NOT APPLE)
    pkg_check_modules(gtk3 REQUIRED IMPORTED_TARGET gtk+-3.0 atk)
  endif()
endif()
