// The machine has one CPU.
[assembly: NonParallelizable]
