# Read by ctest behind its list of tests; of what is not built there is none.
foreach(test IN LISTS app_tests_TESTS)
  if(test MATCHES "ProfileCheckTest\\..*Harm")
    list(APPEND damage_tests ${test})
    set_tests_properties(${test} PROPERTIES LABELS "unit;reliability")
  endif()
endforeach()
# A long run (scripts/test --long) may take hours.
if(DEFINED ENV{EARSHOT_LONG})
  foreach(test IN LISTS reliability_tests_TESTS damage_tests)
    set_tests_properties(${test} PROPERTIES TIMEOUT 14400)
  endforeach()
endif()
