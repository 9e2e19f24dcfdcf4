// One process of the original for each core: the verdicts of a case need two of them at most.
[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(2)]
