// The row loops of a step of transport, as the default scheme runs them in float, for check_row_loops.py to compile: what
// the compiler reports about them is the test. Never linked.
#include "transport/column_strip.hpp"
#include "transport/level_sweep.hpp"

template class tq::LevelSweep<tq::Advection::u5_universal, float, true>;
template class tq::LevelSweep<tq::Advection::u5_universal, float, false>;
template class tq::ColumnStrip<float>;
