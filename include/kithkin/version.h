// The version of the library.
#pragma once

#define KITHKIN_VERSION "0.1.0"
