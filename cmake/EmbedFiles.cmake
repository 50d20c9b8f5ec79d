# earshot_embed(TARGET NAMESPACE FILES...): compiles files into the program. Each becomes
#   inline constexpr std::string_view <NAMESPACE>::<file_name_with_underscores>
# in the generated header "embedded/<last part of NAMESPACE>.h".
function(earshot_embed target namespace)
  string(REGEX REPLACE ".*::" "" short "${namespace}")
  set(header ${CMAKE_CURRENT_BINARY_DIR}/embedded/${short}.h)
  add_custom_command(
    OUTPUT ${header}
    COMMAND ${CMAKE_COMMAND} -DOUT=${header} -DNAMESPACE=${namespace} "-DFILES=${ARGN}" -P
            ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    DEPENDS ${ARGN} ${CMAKE_SOURCE_DIR}/cmake/embed.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${header})
  target_include_directories(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR})
endfunction()
