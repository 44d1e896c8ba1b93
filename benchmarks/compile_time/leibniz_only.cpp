// What the include alone costs.
#include <leibniz/leibniz.hpp>
