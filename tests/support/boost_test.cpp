// Boost.Test itself, with its main, for standard libraries that the system's binary was not built on.
#include <boost/test/included/unit_test.hpp>
