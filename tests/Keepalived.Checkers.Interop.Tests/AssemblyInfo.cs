// The fixtures mostly wait for other programs.
[assembly: Parallelizable(ParallelScope.Fixtures)]
