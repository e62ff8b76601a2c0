# A component is one folder below src/: its *.cpp files become a static library `jz-<folder>`, its *_test.cpp files a
# test program. DEPENDS names other components, EXTERNAL the third-party libraries that only this folder may include.
# The list of calls in src/CMakeLists.txt is therefore the map of what may lean on what.
include(GoogleTest)

function(jiuzhu_component path)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "DEPENDS;EXTERNAL;TEST_DEPENDS")
  string(REPLACE "/" "-" name ${path})
  set(folder ${CMAKE_SOURCE_DIR}/src/${path})
  file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS ${folder}/*_test.cpp)
  if(tests)
    list(REMOVE_ITEM sources ${tests})
  endif()
  list(TRANSFORM arg_DEPENDS REPLACE "/" "-")
  list(TRANSFORM arg_DEPENDS PREPEND "jz-")
  list(TRANSFORM arg_TEST_DEPENDS REPLACE "/" "-")
  list(TRANSFORM arg_TEST_DEPENDS PREPEND "jz-")

  if(sources)
    add_library(jz-${name} STATIC ${sources})
    target_include_directories(jz-${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(jz-${name} PUBLIC ${arg_DEPENDS} PRIVATE ${arg_EXTERNAL})
  else()
    add_library(jz-${name} INTERFACE)
    target_include_directories(jz-${name} INTERFACE ${CMAKE_SOURCE_DIR}/src)
    target_link_libraries(jz-${name} INTERFACE ${arg_DEPENDS} ${arg_EXTERNAL})
  endif()

  # The program links every module; what it routes is in apps/.
  if(path MATCHES "^modules/")
    set_property(GLOBAL APPEND PROPERTY JIUZHU_MODULES jz-${name})
  endif()

  if(JIUZHU_TESTS AND tests)
    add_executable(test-${name} ${tests})
    target_link_libraries(test-${name} PRIVATE jz-${name} ${arg_TEST_DEPENDS} ${arg_EXTERNAL} rapidcheck GTest::gtest GTest::gmock GTest::gtest_main)
    set_target_properties(test-${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
    target_compile_definitions(test-${name} PRIVATE JIUZHU_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    gtest_discover_tests(test-${name} TEST_PREFIX "${path}." PROPERTIES TIMEOUT 300 DISCOVERY_TIMEOUT 60)
  endif()
endfunction()
