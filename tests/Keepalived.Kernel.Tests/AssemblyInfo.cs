// The machine has one CPU; where tests run side by side, they wait more than they work.
[assembly: NonParallelizable]
[assembly: LevelOfParallelism(4)]
