#pragma once

namespace tq {

/// In builds with TIANQING_CHECKED: invalid operations, divisions by zero and overflows of the calling thread, and of the
/// threads that it starts from now on, end the program (SIGFPE) where they happen. Other builds: nothing.
void trap_floating_point_errors();

} // namespace tq
