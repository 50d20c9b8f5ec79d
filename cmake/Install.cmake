# What an installation holds and where it goes. cmake --install copies it; packages are made of it.
include(GNUInstallDirs)
set(CMAKE_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                                                WORLD_READ WORLD_EXECUTE)
set(app_id io.github.earshot_chat.Earshot)

if(UNIX AND NOT APPLE)
  set(resources ${CMAKE_SOURCE_DIR}/resources)
  set(made ${CMAKE_BINARY_DIR}/installed)

  # earshot_made(OUTPUT INPUT COMMAND...): a file that is installed is made of another one.
  set(made_files "")
  function(earshot_made output input)
    get_filename_component(folder ${made}/${output} DIRECTORY)
    add_custom_command(
      OUTPUT ${made}/${output}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
      COMMAND ${ARGN}
      DEPENDS ${input}
      VERBATIM)
    set(made_files ${made_files} ${made}/${output} PARENT_SCOPE)
  endfunction()

  install(TARGETS earshot RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  install(FILES ${resources}/${app_id}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES ${resources}/${app_id}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/docs/CONSOLE.md DESTINATION ${CMAKE_INSTALL_DOCDIR})

  # gzip -n leaves out the time: the same source gives the same bytes.
  earshot_made(earshot.1.gz ${resources}/earshot.1 sh -c "gzip -9nc \"$1\" >\"$2\"" gzip ${resources}/earshot.1
               ${made}/earshot.1.gz)
  install(FILES ${made}/earshot.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)

  install(FILES ${resources}/completions/earshot.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
          RENAME earshot)
  install(FILES ${resources}/completions/_earshot DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${resources}/completions/earshot.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

  set(icons ${CMAKE_INSTALL_DATADIR}/icons/hicolor)
  install(FILES ${resources}/icons/earshot.svg DESTINATION ${icons}/scalable/apps RENAME ${app_id}.svg)
  install(FILES ${resources}/${app_id}-symbolic.svg DESTINATION ${icons}/symbolic/apps)
  find_program(RSVG_CONVERT rsvg-convert)
  if(RSVG_CONVERT)
    foreach(size 16 22 24 32 48 64 128 256 512)
      # The small ones are drawn on a grid of their own, with fewer and wider strokes.
      set(drawing ${resources}/icons/earshot.svg)
      if(size LESS 32)
        set(drawing ${resources}/${app_id}-small.svg)
      endif()
      set(png ${size}x${size}/${app_id}.png)
      earshot_made(${png} ${drawing} ${RSVG_CONVERT} -w ${size} -h ${size} -o ${made}/${png} ${drawing})
      install(FILES ${made}/${png} DESTINATION ${icons}/${size}x${size}/apps)
    endforeach()
  else()
    message(STATUS "rsvg-convert (librsvg2-bin) is missing: the icon is installed as a drawing only")
  endif()
  add_custom_target(earshot_installed ALL DEPENDS ${made_files})

  include(${CMAKE_SOURCE_DIR}/packaging/linux/cpack.cmake)
endif()
