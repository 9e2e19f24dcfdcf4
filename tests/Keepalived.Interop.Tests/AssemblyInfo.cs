// Scenarios live in namespaces of their own and mostly wait: several at once on each core.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(8)]
