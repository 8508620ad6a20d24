"""Work that nobody waits for: the clock that ticks, and the engines that run what is due."""
