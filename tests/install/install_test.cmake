# Installs the build into an empty prefix, then configures, builds and runs a project that knows
# nothing but that prefix.
set(prefix "${work_dir}/prefix")
set(consumer_build "${work_dir}/consumer")
file(REMOVE_RECURSE "${work_dir}")

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE code)
  if(NOT code EQUAL 0)
    string(JOIN " " command ${ARGN})
    message(FATAL_ERROR "${command}: ${code}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install "${build_dir}" --prefix "${prefix}" --config "${config}")
run(${CMAKE_COMMAND} -S "${consumer_dir}" -B "${consumer_build}" -G "${generator}"
  "-DCMAKE_CXX_COMPILER=${compiler}"
  "-DCMAKE_BUILD_TYPE=${config}"
  "-DCMAKE_PREFIX_PATH=${prefix}"
  -DCMAKE_FIND_USE_PACKAGE_REGISTRY=OFF)
run(${CMAKE_COMMAND} --build "${consumer_build}" --config "${config}")
run(${CMAKE_CTEST_COMMAND} --test-dir "${consumer_build}" --build-config "${config}"
  --output-on-failure)
