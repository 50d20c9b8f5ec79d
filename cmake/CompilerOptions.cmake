# Warnings for our own targets, hardening for releases, sanitizers for the presets that ask for them.
add_library(earshot_options INTERFACE)
if(WIN32)
  # Windows 10 is the oldest that is meant; windows.h without what nobody asked for.
  add_compile_definitions(_WIN32_WINNT=0x0A00 WIN32_LEAN_AND_MEAN NOMINMAX UNICODE _UNICODE)
endif()
if(MSVC)
  target_compile_options(earshot_options INTERFACE /W4 /utf-8 /permissive- /Zc:__cplusplus)
  # The names that C and POSIX gave their functions are good names.
  target_compile_definitions(earshot_options INTERFACE _CRT_SECURE_NO_WARNINGS _CRT_NONSTDC_NO_WARNINGS)
  # A program with a window starts at main() like any other.
  add_link_options($<$<BOOL:$<TARGET_PROPERTY:WIN32_EXECUTABLE>>:/ENTRY:mainCRTStartup>)
else()
  target_compile_options(earshot_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
                                                   -Woverloaded-virtual -Wconversion -Wno-sign-conversion)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # GCC 12 sees overlaps in std::string that are not there (GCC bug 105651), and
    # uninitialised ones in variants.
    target_compile_options(earshot_options INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
  endif()
  if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT EARSHOT_SANITIZE)
    target_compile_definitions(earshot_options INTERFACE _FORTIFY_SOURCE=2)
    target_compile_options(earshot_options INTERFACE -fstack-protector-strong)
    if(MINGW)
      target_link_libraries(earshot_options INTERFACE ssp)
    endif()
  endif()
endif()
if(MINGW)
  # The installer has to be small: the last bit of speed (-O3) would make it a few per cent larger, and
  # what nothing calls is left out.
  add_compile_options($<$<CONFIG:Release>:-O2> -ffunction-sections -fdata-sections)
  add_link_options(-Wl,--gc-sections)
  # One file that needs no other: the compiler's libraries are in it.
  # The same source gives the same bytes: no time in the file.
  add_link_options(-static -static-libgcc -static-libstdc++ -Wl,--no-insert-timestamp $<$<CONFIG:Release>:-s>)
endif()
if(EARSHOT_SANITIZE)
  list(JOIN EARSHOT_SANITIZE "," _sanitizers)
  # Half as long to compile as -O2 -g, and a report still names functions and lines.
  add_compile_options(-fsanitize=${_sanitizers} -fno-omit-frame-pointer -O1 -g1)
  add_link_options(-fsanitize=${_sanitizers})
  if("undefined" IN_LIST EARSHOT_SANITIZE)
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()
if(NOT MSVC AND CMAKE_BUILD_TYPE STREQUAL "Release")
  # No path of the machine that built it is in what users get. A build folder within the sources is not
  # named by itself, so that ccache knows what two presets compile alike.
  cmake_path(IS_PREFIX CMAKE_SOURCE_DIR "${CMAKE_BINARY_DIR}" NORMALIZE _inside)
  if(NOT _inside)
    add_compile_options(-ffile-prefix-map=${CMAKE_BINARY_DIR}=.)
  endif()
  add_compile_options(-ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
endif()
if(EARSHOT_STATIC AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
  # What is linked in is for the program alone, not for the libraries that it shares a process with.
  add_link_options(-Wl,--exclude-libs,ALL)
endif()
