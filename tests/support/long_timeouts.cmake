# Read by ctest behind its list of tests: a long run (scripts/test --long) may take hours.
if(DEFINED ENV{EARSHOT_LONG})
  foreach(test IN LISTS reliability_tests_TESTS)
    set_tests_properties(${test} PROPERTIES TIMEOUT 14400)
  endforeach()
endif()
